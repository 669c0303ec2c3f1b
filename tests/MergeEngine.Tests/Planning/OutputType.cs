using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Planning;

public class OutputType
{
    const string Models = "models: [{model: models/llama-a-fp16}, {model: models/llama-b-bf16}]\n";
    const string Sources = Models + "parameters: {weight: 1}\n";

    [Theory]
    [InlineData("merge_method: linear\n" + Sources, Dtype.F32)]
    [InlineData("merge_method: linear\ndtype: float16\n" + Sources, Dtype.F16)]
    [InlineData("merge_method: linear\ndtype: float16\nout_dtype: bfloat16\n" + Sources, Dtype.BF16)]
    [InlineData("merge_method: task_arithmetic\nbase_model: models/llama-base-bf16\n" + Sources, Dtype.BF16)]
    [InlineData("merge_method: passthrough\nmodels: [{model: models/llama-a-fp16}]", Dtype.F16)]
    [InlineData("merge_method: slerp\nbase_model: models/llama-b-bf16\nmodels: [{model: models/llama-a-fp16}]\nparameters: {t: 0.5}", Dtype.BF16)]
    [InlineData("merge_method: nearswap\nbase_model: models/llama-b-bf16\nmodels: [{model: models/llama-a-fp16}]\nparameters: {t: 0.5}", Dtype.F32)]
    [InlineData("merge_method: nuslerp\n" + Sources, Dtype.F32)]
    [InlineData("merge_method: multislerp\n" + Sources, Dtype.F32)]
    [InlineData("merge_method: ram\nbase_model: models/llama-base-bf16\n" + Models, Dtype.F32)]
    [InlineData("merge_method: sce\nbase_model: models/llama-base-bf16\n" + Models, Dtype.F32)]
    [InlineData("merge_method: model_stock\nbase_model: models/llama-base-bf16\n" + Models, Dtype.F32)]
    [InlineData("merge_method: ramplus_tl\nbase_model: models/llama-base-bf16\n" + Models, Dtype.BF16)]
    public void FollowsTheRecipeThenTheInputs(string recipe, Dtype expected) => Assert.All(Plans.Of(recipe).Steps, step => Assert.Equal(expected, step.Dtype));

    [Fact]
    public void OfIntegersIsKeptAndTheyAreCopiedFromTheBase()
    {
        var step = Plans.Of("merge_method: linear\nbase_model: models/bert-ids-base\ndtype: float16\nmodels: [{model: models/bert-ids-a}, {model: models/bert-ids-base}]\nparameters: {weight: 0.5}")
            .Step("bert.embeddings.position_ids");
        Assert.Equal((Dtype.I64, null), (step.Dtype, step.Method));
        Assert.Equal("models/bert-ids-base", Assert.Single(step.Sources).Model);
    }

    [Theory]
    [InlineData("merge_method: ties\nbase_model: models/gpt-neox-buffers-base\nmodels: [{model: models/gpt-neox-buffers-a}]\nparameters: {weight: 1}")]
    [InlineData("merge_method: slerp\nbase_model: models/gpt-neox-buffers-base\nmodels: [{model: models/gpt-neox-buffers-a}]\nparameters: {t: 0.5}")]
    public void OfBooleanBuffersIsKept(string recipe) =>
        Assert.All(Plans.Of(recipe).Steps.Where(step => step.Dtype == Dtype.BOOL), step => Assert.Null(step.Method));

    [Fact]
    public void IsNamedForTheConfiguration()
    {
        Assert.Equal("bfloat16", (string?)Plans.OfCase("ties-float32-out-bf16").Config()["dtype"]);
        Assert.Equal("float16", (string?)Plans.OfCase("ties-fp16").Config()["dtype"]);
        Assert.Equal("float32", (string?)Plans.OfCase("ties-two").Config()["dtype"]);
    }
}
