// The start of the SHA-256 of all that the kernels are made of, written by scripts/stamp-kernels; lint checks it.
#pragma once
#define KERNEL_SOURCES 0x7518f7c53bab08c9ULL
