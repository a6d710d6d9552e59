/** The schema of the last release. Its first line is a comment with the version. Absent before the first release. */
export const releasedFile = new URL('../schema/released.graphql', import.meta.url);

/** Breaking changes since the last release that are intended. Absent if there are none. */
export const intendedFile = new URL('../schema/intended-changes.txt', import.meta.url);
