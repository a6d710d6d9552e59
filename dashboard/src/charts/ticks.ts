const binary = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** Distances between labels of sizes, so that the labels are round numbers of KiB, MiB and GiB. */
export const binarySteps = [0, 1, 2, 3, 4, 5].flatMap((power) => binary.map((step) => step * 1_024 ** power));

const [minute, hour, day] = [60, 3_600, 86_400];

/** Distances between labels of times, in seconds. Those of uPlot have none between one and five minutes. */
export const timeSteps = [
  1,
  2,
  5,
  10,
  15,
  30,
  ...[1, 2, 5, 10, 15, 30].map((step) => step * minute),
  ...[1, 2, 3, 6, 12].map((step) => step * hour),
  ...[1, 2, 4, 7].map((step) => step * day),
];
