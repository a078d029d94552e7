#!/usr/bin/env bash
# Stands in for docker-entrypoint.sh and bin/*.sh of Flink's own images, which are not on Maven Central: the same commands
# (jobmanager is left out), variables and traps, written anew and much shorter. Only container-test.sh uses it.
set -euo pipefail
cd "$FLINK_HOME"

for plugin in ${ENABLE_BUILT_IN_PLUGINS//;/ }; do
    [ -e "opt/$plugin" ] || { echo "Plugin $plugin does not exist. Exiting."; exit 1; }
    mkdir -p "plugins/${plugin%.jar}"
    ln -fs "$FLINK_HOME/opt/$plugin" "plugins/${plugin%.jar}"
    echo "Successfully enabled $plugin"
done

if [ "${DISABLE_JEMALLOC:-false}" = false ] && [ -f /usr/lib/x86_64-linux-gnu/libjemalloc.so ]; then
    export LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so
fi

# As the real one: every line is a key, comments too; white space goes; variables are put in.
declare -A settings=(
    [jobmanager.rpc.address]=${JOB_MANAGER_RPC_ADDRESS:-$(hostname -f)}
    [blob.server.port]=6124
    [jobmanager.bind-host]=0.0.0.0
    [taskmanager.bind-host]=0.0.0.0
    [rest.address]=0.0.0.0
    [rest.bind-address]=0.0.0.0
    [jobmanager.memory.process.size]=1600m
    [taskmanager.memory.process.size]=1728m
)
while IFS= read -r line; do
    line=$(tr -d '[:space:]' <<<"$line")
    [ -n "$line" ] || continue
    settings[${line%%:*}]=$(envsubst <<<"${line#*:}")
done <<<"${FLINK_PROPERTIES:-}"
for key in "${!settings[@]}"; do
    echo "$key: ${settings[$key]}"
done >conf/config.yaml
export FLINK_CONF_DIR=$FLINK_HOME/conf FLINK_LIB_DIR=$FLINK_HOME/lib FLINK_PLUGINS_DIR=$FLINK_HOME/plugins

# The JVM's options and the dynamic options that Flink derives from the memory keys, one line each.
resources() {
    java -cp 'lib/*' org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir conf |
        sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}

start() {
    local parameters=$1 options=$2 main=$3
    shift 3
    mapfile -t lines < <(resources "$parameters")
    # shellcheck disable=SC2086
    exec java ${lines[0]} $JVM_OPENS $options -Dlog4j2.configurationFile=conf/log4j2.properties -cp 'lib/*' \
        "$main" --configDir conf ${lines[1]} "$@"
}

command=${1:-help}
shift || true
case $command in
    standalone-job)
        start GET_JM_RESOURCE_PARAMS "${settings[env.java.opts.jobmanager]:-}" \
            org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint "$@"
        ;;
    taskmanager)
        start GET_TM_RESOURCE_PARAMS "${settings[env.java.opts.taskmanager]:-}" \
            org.apache.flink.runtime.taskexecutor.TaskManagerRunner "$@"
        ;;
    help)
        echo "Usage: docker-entrypoint.sh (standalone-job|taskmanager)"
        ;;
    *)
        exec "$command" "$@"
        ;;
esac
