#!/usr/bin/env bash
# Kills merges at random moments: SIGKILL to the worker, to the build, to the whole group, in turn. After each kill the output is the old or the new
# one, whole; then the next build succeeds with the right bytes. Usage: tests/kill-test.sh [-n KILLS] [-s SEED]
# Needs bash, setsid, pgrep and sha256sum.
set -euo pipefail
kills=200 seed=1
while getopts n:s: option; do
  case $option in
    n) kills=$OPTARG ;;
    s) seed=$OPTARG ;;
    *) exit 2 ;;
  esac
done
RANDOM=$seed
repository=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export MERGE_CACHE_DIR=$folder/cache DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
dotnet build "$repository/src/MergeTasks" -v q

# Many recipes, slow on purpose, so that a kill finds some models done, one at work and others waiting. Another weight changes every model.
cp -r "$repository/samples/Quickstart/models" "$folder/models"
mkdir "$folder/recipes"
write_recipes() {
  local number
  for number in {1..12}; do
    cat > "$folder/recipes/r$number.yml" <<EOF
merge_method: ties
base_model: models/base
parameters: {density: 0.$((number + 20))}
models:
  - {model: models/experts/add, parameters: {weight: $1}}
  - {model: models/experts/rev, parameters: {weight: 0.5}}
EOF
  done
}
cat > "$folder/Kill.mergeproj" <<EOF
<Project>
  <PropertyGroup>
    <MergeSdkToolsDirectory>$repository/src/MergeTasks/bin/Debug/</MergeSdkToolsDirectory>
    <MergeKernels>scalar</MergeKernels>
    <MergeThreads>1</MergeThreads>
  </PropertyGroup>
  <Import Project="$repository/src/MergeSdk/Sdk/Sdk.props" />
  <ItemGroup><MergeRecipe Include="recipes/*.yml" /></ItemGroup>
  <Import Project="$repository/src/MergeSdk/Sdk/Sdk.targets" />
</Project>
EOF
build() { dotnet build "$folder" --no-restore -nodeReuse:false -tl:off "$@"; }
# One line for each model: its name and the digest of all its files.
digests() {
  local model
  for model in "$folder"/bin/*/; do
    printf '%s %s\n' "$(basename "$model")" "$(cd "$model" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)"
  done
}
workers() { pgrep -f "MergeWorker.dll $folder/" || true; }

dotnet restore "$folder" -v q
declare -A right=()
for weight in 0.5 0.25; do
  write_recipes $weight
  build > "$folder/log" || { cat "$folder/log"; exit 1; }
  right[$weight]=$(digests)
done
pause() { sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"; }
wait_for_worker() {
  local i
  for ((i = 0; i < 400; i++)); do
    [ -z "$(workers)" ] || return 0
    sleep 0.02
  done
}
write_recipes 0.5
build > "$folder/log"
# Longest time from the start of the worker to a kill, in milliseconds; follows the speed of the machine.
longest=1000

now=0.5 failures=0 old=0 new=0 mixed=0 early=0
fail() { echo "kill $kill ($target): $1"; failures=$((failures + 1)); }
for ((kill = 1; kill <= kills; kill++)); do
  before=$now
  if [ "$now" = 0.5 ]; then now=0.25; else now=0.5; fi
  write_recipes $now
  case $((kill % 3)) in 0) target=worker ;; 1) target=build ;; *) target=group ;; esac
  setsid dotnet build "$folder" --no-restore -nodeReuse:false -tl:off > "$folder/log" 2>&1 &
  group=$!
  # One kill in eight may come before there is a worker; the others come while it plans or merges.
  if [ $((kill % 8)) -eq 0 ]; then pause $((RANDOM * 1500 / 32768)); else wait_for_worker; pause $((RANDOM * longest / 32768)); fi
  case $target in
    worker) victims=$(workers); [ -n "$victims" ] || early=$((early + 1)); kill -9 $victims 2> /dev/null || true ;;
    build) kill -9 "$group" 2> /dev/null || true ;;
    group) kill -9 -- "-$group" 2> /dev/null || true ;;
  esac
  wait "$group" 2> /dev/null || true
  for ((i = 0; i < 100; i++)); do [ -z "$(workers)" ] && break; sleep 0.1; done
  [ -z "$(workers)" ] || fail 'a worker lives on'

  found=$(digests)
  if [ "$found" = "${right[$before]}" ]; then old=$((old + 1)) longest=$((longest * 11 / 10))
  elif [ "$found" = "${right[$now]}" ]; then new=$((new + 1)) longest=$((longest * 9 / 10 + 1))
  else mixed=$((mixed + 1))
  fi
  # Each model by itself must be one of the two.
  while read -r line; do
    grep -qxF "$line" <<< "${right[$before]}" || grep -qxF "$line" <<< "${right[$now]}" || fail "neither old nor new: $line"
  done <<< "$found"
  [ "$(wc -l <<< "$found")" = "$(wc -l <<< "${right[$now]}")" ] || fail 'a model is missing'

  build > "$folder/log" 2>&1 || { fail 'the next build failed'; cat "$folder/log"; }
  [ "$(digests)" = "${right[$now]}" ] || fail 'the next build gave other bytes'
  [ -z "$(find "$folder/bin" -mindepth 1 -maxdepth 1 -name '.*')" ] || fail 'a hidden folder is left'
  [ $((kill % 20)) -ne 0 ] || echo "$kill kills, $failures failures"
done
echo "$kills kills: $old found all models old, $new all new, $mixed some of each ($early came when no worker ran); $failures failures"
[ "$failures" -eq 0 ]
