// The start of the SHA-256 of all that the kernels are made of, written by scripts/stamp-kernels; lint checks it.
#pragma once
#define KERNEL_SOURCES 0xd644b37b754de87aULL
