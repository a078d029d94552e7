#!/bin/sh
# Sizes a machine with an NVIDIA card for AlexStream. Needs its driver, the libraries of CUDA @cuda@ with cuDNN 9, and Java 17
# or later: in jre/ beside this file, in $JAVA_HOME, or on PATH. ./run.sh --help prints the options.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1

if [ -x "$here/jre/bin/java" ]; then
    java=$here/jre/bin/java
elif [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
else
    java=java
fi
if ! command -v "$java" >/dev/null 2>&1; then
    echo "run.sh: $java is not there; unpack a Java 17 or later into $here/jre, or set JAVA_HOME" >&2
    exit 1
fi
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
major=${version%%[!0-9]*}
if [ "${major:-0}" -lt 17 ]; then
    echo "run.sh: $java is version '$version'; unpack a Java 17 or later into $here/jre, or set JAVA_HOME" >&2
    exit 1
fi

# The toolkit's folder, and those of NVIDIA's Python wheels, which no loader knows. What the caller has set comes first.
wheels=$(python3 -c 'import glob, nvidia
print(":".join(lib for base in nvidia.__path__ for lib in sorted(glob.glob(base + "/*/lib"))))' 2>/dev/null)
LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}/usr/local/cuda/lib64${wheels:+:$wheels}
# ONNX Runtime would otherwise report on the machine to its makers.
ORT_DISABLE_TELEMETRY=1
export LD_LIBRARY_PATH ORT_DISABLE_TELEMETRY

"$java" -Xmx2g -Djava.awt.headless=true -Donnxruntime.native.path="$here/natives" \
    "-Dalexstream.natives=@natives.artifactId@ @natives.version@ for CUDA @cuda@" \
    -cp "$here/lib/*:$here/onnxruntime" io.alexstream.gpubench.GpuBench "$@"
status=$?

# The loader names only the first library that it lacks.
case " $* " in
    *--provider=cpu* | *"--provider cpu"* | *--help*) ;;
    *)
        missing=$(ldd "$here/natives/libonnxruntime_providers_cuda.so" 2>/dev/null |
            awk '/not found/ && !/libonnxruntime/ {print $1}' | sort -u | paste -sd ' ' -)
        if [ "$status" -eq 1 ] && [ -n "$missing" ]; then
            echo "run.sh: all that is missing of CUDA @cuda@: $missing, and cuDNN 9 if it is not there" >&2
        fi
        ;;
esac
exit "$status"
