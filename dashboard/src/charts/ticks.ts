const binary = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** Distances between labels of sizes, so that the labels are round numbers of KiB, MiB and GiB. */
export const binarySteps = [0, 1, 2, 3, 4, 5].flatMap((power) => binary.map((step) => step * 1_024 ** power));
