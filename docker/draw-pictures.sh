#!/usr/bin/env bash
# Draws pictures, for those who have none at hand: draw-pictures.sh FOLDER [NUMBER [PREFIX]]
# Each is a BMP of 64 x 64 pixels with a gradient of its own; the same number draws the same pictures again. Bash alone.
set -euo pipefail

folder=${1:?"draw-pictures.sh: say where to: draw-pictures.sh FOLDER [NUMBER [PREFIX]]"}
number=${2:-20}
prefix=${3:-drawn}
side=64

# Bytes for printf, the lowest first.
le32() {
    printf '\\x%02x\\x%02x\\x%02x\\x%02x' $(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24 & 255))
}

# File header and BITMAPINFOHEADER: 54 bytes, 24 bits a pixel, rows of 192 bytes need no padding.
bytes=$((side * side * 3))
header="BM$(le32 $((bytes + 54)))$(le32 0)$(le32 54)$(le32 40)$(le32 $side)$(le32 $side)\\x01\\x00\\x18\\x00$(le32 0)$(le32 $bytes)"
header+="$(le32 2835)$(le32 2835)$(le32 0)$(le32 0)"

hex=()
for ((i = 0; i < 256; i++)); do
    printf -v "hex[$i]" '\\x%02x' "$i"
done

mkdir -p "$folder"
for ((n = 0; n < number; n++)); do
    pixels=
    for ((y = 0; y < side; y++)); do
        for ((x = 0; x < side; x++)); do
            pixels+=${hex[(x * (n % 5 + 1) + n * 37) & 255]}${hex[(y * (n % 7 + 1) + n * 71) & 255]}${hex[(x + y + n * 113) & 255]}
        done
    done
    # shellcheck disable=SC2059
    printf "$header$pixels" >"$folder/$prefix-$(printf '%04d' "$n").bmp"
done
