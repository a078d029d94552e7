#!/usr/bin/env bash
# Builds both images and runs compose.yaml with podman, without any registry: Flink's, Kafka's and Prometheus' images are
# replaced by stand-ins of Debian, Flink and Kafka from Maven Central, and the Prometheus of this machine. Then it runs
# smoke-test.sh through the containers, kills a TaskManager, and runs it again. Exit status 0 where all of it held.
#
# Needs root, podman, docker-compose, debootstrap, and the jars (mvn -q package -DskipTests). Takes about ten minutes, 6 GB of
# memory and 4 GB in $TMPDIR; all of it is removed at the end. It touches no image or container that was there before.
#
# What it cannot prove, since these are stand-ins: that Flink's own docker-entrypoint.sh and bin/ do as stand-in/'s; that the
# tags in compose.yaml and the Dockerfiles exist; Ubuntu's libraries (this is Debian's) and Temurin's Java; anything of CUDA, whose
# image here has neither CUDA nor Flink's plugin for cards; Grafana, which does not run here (only that its dashboard's queries have answers); S3 with a real
# store; Kubernetes.
#
# Options, all by environment:
#   CONTAINER_TEST_DIR       folder to work in and to keep, with its Debian, jars and images, for the next run (default: a new one,
#                            removed)
#   CONTAINER_TEST_PATIENCE  seconds to wait for each thing that must come (default 300)
#   CONTAINER_TEST_RUNTIME   OCI runtime (default runc; crun wants one kind of cgroups)
#   CONTAINER_TEST_ULIMIT    open files and processes of a container, at most what root may have here (default 16384)
#   CONTAINER_TEST_CUDA      12 or 13: the native files that lie in target/gpu-bench/natives (default 12; without them
#                            files of that name are made up, and the GPU image is only built)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
ulimit=${CONTAINER_TEST_ULIMIT:-16384}
patience=${CONTAINER_TEST_PATIENCE:-300}
cuda=${CONTAINER_TEST_CUDA:-12}
keep=${CONTAINER_TEST_DIR:-}
pids=()
made_up=
isolated=

say() {
    echo "container test: $(date +%T) $*"
}

fail() {
    echo "container test: failed: $*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "it needs root, to make a Debian and containers"
for tool in podman docker-compose debootstrap java mvn "${CONTAINER_TEST_RUNTIME:-runc}"; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
done
for jar in "$root"/flink-job/target/alexstream-flink-job-*.jar "$root"/model/target/alexstream-model-*.jar; do
    [ -f "$jar" ] || fail "there is no $jar: build it with mvn -q package -DskipTests"
done

work=${keep:-$(mktemp -d)}
mkdir -p "$work"
export COMPOSE_PROJECT_NAME=alexstream-test
compose() {
    docker-compose -f "$here/compose.yaml" --profile sample "$@"
}

cleanup() {
    status=$?
    set +e
    if [ "$status" -ne 0 ] && [ -S "$work/podman.sock" ]; then
        compose logs --tail 8 2>&1 | cut -c1-300
    fi
    if [ -n "$made_up" ]; then
        rm -f "$made_up"
        rmdir "${made_up%/*}" 2>/dev/null
    fi
    [ ! -S "$work/podman.sock" ] || compose down -v -t 5 >/dev/null 2>&1
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null
    done
    # Never those of the machine, where it ends before it has storage of its own.
    if [ -n "$isolated" ]; then
        podman rm -fa -t 0 >/dev/null 2>&1
        podman network prune -f >/dev/null 2>&1
    fi
    rm -rf "$work/podman.sock" "$work/context" "$work/packages" "$work/pictures"
    if [ -z "$keep" ]; then
        [ -z "$isolated" ] || podman rmi -fa >/dev/null 2>&1
        rm -rf "$work"
    fi
    [ "$status" -ne 0 ] || say "passed; nothing is left"
    exit "$status"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

# Storage, networks and limits of its own.
mkdir -p "$work/storage"
cat >"$work/storage.conf" <<X
[storage]
driver = "overlay"
graphroot = "$work/storage/graph"
runroot = "$work/storage/run"
X
cat >"$work/containers.conf" <<X
[containers]
default_ulimits = ["nofile=$ulimit:$ulimit", "nproc=$ulimit:$ulimit"]
[engine]
runtime = "${CONTAINER_TEST_RUNTIME:-runc}"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "$work/storage/tmp"
[network]
network_config_dir = "$work/storage/networks"
X
# A name without a registry means Docker's, as Docker takes it; nothing is fetched from there, since each image is made here first.
echo 'unqualified-search-registries = ["docker.io"]' >"$work/registries.conf"
# podman leaves health checks to systemd's timers, which are not everywhere; a loop below does it.
export CONTAINERS_STORAGE_CONF=$work/storage.conf CONTAINERS_CONF=$work/containers.conf
export CONTAINERS_REGISTRIES_CONF=$work/registries.conf DISABLE_HC_SYSTEMD=true
isolated=1

say "Debian"
if [ ! -f "$work/debian.tar" ]; then
    rm -rf "$work/debian"
    debootstrap --variant=minbase --include=gettext-base,libjemalloc-dev,openjdk-17-jre-headless,wget bookworm "$work/debian" >"$work/debootstrap.log" 2>&1 ||
        fail "debootstrap: $(tail -n 1 "$work/debootstrap.log")"
    tar -C "$work/debian" --exclude=./var/cache --exclude=./var/lib/apt/lists --exclude=./usr/share/doc -cf "$work/debian.tar" .
    rm -rf "$work/debian"
fi
podman image exists localhost/stand-in-debian:1 || podman import -q "$work/debian.tar" localhost/stand-in-debian:1 >/dev/null

say "jars of Flink and Kafka"
jars() {
    [ -d "$work/jars-$1" ] || mvn -B -ntp -q -f "$here/stand-in/$1-pom.xml" dependency:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$work/jars-$1.part"
    [ ! -d "$work/jars-$1.part" ] || mv "$work/jars-$1.part" "$work/jars-$1"
}
jars flink
jars kafka
context=$work/context
mkdir -p "$context"/flink/{lib,opt,conf,plugins/metrics-prometheus} "$context/kafka"
cp "$work"/jars-flink/*.jar "$context/flink/lib/"
mv "$context"/flink/lib/flink-metrics-prometheus-*.jar "$context/flink/plugins/metrics-prometheus/"
mv "$context"/flink/lib/flink-s3-fs-hadoop-*.jar "$context/flink/opt/"
cat >"$context/flink/conf/log4j2.properties" <<'X'
rootLogger.level = INFO
rootLogger.appenderRef.console.ref = C
appender.console.name = C
appender.console.type = CONSOLE
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %-5p %c{1} - %m%n
X
cp -r "$work/jars-kafka" "$context/kafka/libs"
cp "$here"/stand-in/*.sh "$here"/stand-in/Dockerfile.* "$context/"

say "stand-ins"
opens=$(sed -n 's/.*<flink.jvm.opens>\(.*\)<\/flink.jvm.opens>.*/\1/p' "$root/pom.xml")
flink_image=$(sed -n 's/^ARG FLINK_IMAGE=//p' "$here/Dockerfile")
kafka_image=$(sed -n 's/^ *image: \(apache\/kafka:.*\)/\1/p' "$here/compose.yaml" | head -n 1)
prometheus_image=$(sed -n 's/^ *image: \(prom\/prometheus:.*\)/\1/p' "$here/compose.yaml")
stand_in() {
    podman build -q -f "$context/Dockerfile.$1" -t "docker.io/$2" --build-arg BASE=localhost/stand-in-debian:1 \
        --build-arg JVM_OPENS="$opens" "$context" >"$work/build.log" 2>&1 || fail "the stand-in for $2: $(tail -n 3 "$work/build.log")"
}
stand_in flink "library/$flink_image"
stand_in kafka "$kafka_image"
prometheus=
if command -v prometheus >/dev/null; then
    cp "$(command -v prometheus)" "$context/"
    stand_in prometheus "$prometheus_image"
    prometheus=prometheus
else
    say "skipped: Prometheus, which is not installed here"
fi

say "the image for CPU"
podman build -q -f "$here/Dockerfile" --ignorefile "$here/Dockerfile.dockerignore" -t docker.io/library/alexstream:latest "$root" \
    >"$work/build.log" 2>&1 || fail "Dockerfile: $(tail -n 3 "$work/build.log")"

say "the image for CUDA $cuda"
natives=$root/target/gpu-bench/natives
if [ ! -f "$natives/libonnxruntime_providers_cuda.so" ]; then
    say "target/gpu-bench/natives is not there (mvn -Pgpu-bench): a file is made up for the build"
    mkdir -p "$natives"
    made_up=$natives/libonnxruntime_providers_cuda.so
    echo "libcublasLt.so.$cuda" >"$made_up"
fi
gpu() {
    podman build -q -f "$here/Dockerfile.gpu" --ignorefile "$here/Dockerfile.gpu.dockerignore" -t localhost/alexstream-gpu:latest \
        --build-arg CUDA_IMAGE=localhost/stand-in-debian:1 --build-arg CHECK_CUDA_LIBRARIES=false "$@" "$root" >"$work/build-gpu.log" 2>&1
}
gpu --build-arg CUDA="$cuda" || fail "Dockerfile.gpu: $(tail -n 3 "$work/build-gpu.log")"
! gpu --build-arg CUDA=$((25 - cuda)) || fail "Dockerfile.gpu built for CUDA $((25 - cuda)) with the native files of CUDA $cuda"
grep -o "target/gpu-bench/natives is not for CUDA.*" "$work/build-gpu.log" | head -n 1
podman run --rm localhost/alexstream-gpu:latest /bin/bash -c \
    'id -u; java -version 2>&1 | head -n 1; ls plugins lib/onnxruntime-*.jar usrlib; ls /opt/alexstream/natives'

say "AlexNet with fresh weights"
mkdir -p "$work/pictures"
java -jar "$root"/model/target/alexstream-model-*.jar init --name alexnet --classes 10 --seed 1 --out "$work/packages" >"$work/init.log" 2>&1 ||
    fail "model init: $(tail -n 1 "$work/init.log")"
chmod -R a+rX "$work/packages" "$work/pictures"
export ALEXSTREAM_PACKAGES=$work/packages ALEXSTREAM_PICTURES=$work/pictures ALEXSTREAM_PLUGINS=flink-s3-fs-hadoop-2.3.0.jar

say "compose up"
podman system service --time=0 "unix://$work/podman.sock" >"$work/service.log" 2>&1 &
pids+=($!)
for _ in $(seq 50); do
    [ ! -S "$work/podman.sock" ] || break
    sleep 0.2
done
export DOCKER_HOST=unix://$work/podman.sock
while true; do
    podman ps -q --filter health=starting --filter health=unhealthy 2>/dev/null | xargs -r -n 1 -P 4 podman healthcheck run >/dev/null 2>&1 || true
    sleep 3
done &
pids+=($!)
compose up -d --no-build kafka topics jobmanager taskmanager $prometheus >"$work/up.log" 2>&1 || fail "compose up: $(tail -n 5 "$work/up.log")"

container() {
    podman ps -aq --filter "label=com.docker.compose.service=$1" | head -n 1
}
# healthy SERVICE: waits until its own health check, asked now, says so.
healthy() {
    local end=$((SECONDS + patience))
    until podman healthcheck run "$(container "$1")" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "$1 is not healthy after $patience s: $(podman inspect --format '{{json .State.Health.Log}}' "$(container "$1")" | tail -c 300)"
        sleep 2
    done
    say "$1 is healthy"
}
healthy kafka
healthy jobmanager
healthy taskmanager
podman exec "$(container kafka)" /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 --describe --exclude-internal 2>/dev/null |
    sed -n 's/^Topic: \([^\t]*\).*\(PartitionCount: [0-9]*\).*\(Configs:.*\)/\1 \2 \3/p'
for service in jobmanager taskmanager; do
    [ "$(podman exec "$(container $service)" id -u)" = 9999 ] || fail "$service runs as another user than 9999"
    podman logs "$(container $service)" >"$work/$service.log" 2>&1
    grep -m 1 'Successfully enabled' "$work/$service.log" || fail "$service has no plugin for S3"
done

say "smoke test"
"$here/smoke-test.sh" --timeout "$patience" 2>&1

say "the producer, and what the dashboard asks for"
compose up -d producer >>"$work/up.log" 2>&1
scrape() {
    podman exec "$(container "$1")" /bin/bash -c 'exec 3<>/dev/tcp/localhost/9249; printf "GET /metrics HTTP/1.0\r\n\r\n" >&3; cat <&3'
}
out() {
    scrape taskmanager | sed -n 's/^flink_taskmanager_job_task_operator_framesOut{.* \([0-9.]*\)$/\1/p' | awk '{sum += $1} END {print int(sum)}'
}
before=$(out)
end=$((SECONDS + patience))
until [ "$(out)" -ge $((before + 100)) ]; do
    [ $SECONDS -lt $end ] || fail "of the producer's pictures only $(($(out) - before)) were classified within $patience s"
    sleep 2
done
scrape jobmanager >"$work/metrics"
scrape taskmanager >>"$work/metrics"
expressions() {
    sed -n 's/^ *"expr": "\(.*\)",$/\1/p' "$here/monitoring/grafana/dashboards/alexstream.json" | sed 's/\\"/"/g'
}
for metric in $(expressions | grep -o 'flink_[A-Za-z_]*' | sort -u); do
    grep -q "^$metric{" "$work/metrics" || fail "no metric $metric in what Flink's reporter says"
done
say "all $(expressions | grep -o 'flink_[A-Za-z_]*' | sort -u | wc -l) metrics of the dashboard are in what Flink's reporter says"
if [ -n "$prometheus" ]; then
    end=$((SECONDS + patience))
    while read -r expression; do
        until wget -q -O - "http://localhost:9090/api/v1/query?query=$(jq -rn --arg e "$expression" '$e | @uri' 2>/dev/null || python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1]))' "$expression")" |
            grep -q '"value":'; do
            [ $SECONDS -lt $end ] || fail "Prometheus has no answer to $expression"
            sleep 2
        done
    done < <(expressions)
    say "Prometheus answers all $(expressions | wc -l) queries of the dashboard"
fi
compose stop -t 5 producer >>"$work/up.log" 2>&1

say "memory of the TaskManager: $(podman exec "$(container taskmanager)" sed -n 's/^VmHWM:[[:space:]]*//p' /proc/1/status) at most, of taskmanager.memory.process.size 3g"

say "kill -9 of the TaskManager"
podman kill -s KILL "$(container taskmanager)" >/dev/null
compose up -d taskmanager >>"$work/up.log" 2>&1
healthy taskmanager
healthy jobmanager
"$here/smoke-test.sh" --timeout "$patience" 2>&1

say "a smoke test that must fail: no job"
compose stop -t 10 jobmanager >>"$work/up.log" 2>&1
! "$here/smoke-test.sh" --timeout 5 2>&1 || fail "the smoke test passed without a job"
