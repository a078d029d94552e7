#!/usr/bin/env bash
# Stands in for /etc/kafka/docker/run of apache/kafka. Only container-test.sh uses it.
set -euo pipefail
[ $# -eq 0 ] || exec "$@"
export CLUSTER_ID=${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}
java -cp '/opt/kafka/libs/*' kafka.docker.KafkaDockerWrapper setup --default-configs-dir /etc/kafka/docker \
    --mounted-configs-dir /mnt/shared/config --final-configs-dir /opt/kafka/config
exec java -Xmx512m -Dlog4j2.level=WARN -cp '/opt/kafka/libs/*' kafka.Kafka /opt/kafka/config/server.properties
