/** Descriptions that still say only their name. Remove an entry when its description is written; then this file. */
export const namesOnly: ReadonlySet<string> = new Set([
  'InvalidInput.field',
  'Model.server',
  'ModelEvent.server',
  'ModelServerKind.OLLAMA',
  'Mutation.assignRole(roleId)',
  'Mutation.deleteRole(id)',
  'Mutation.revokeRole(roleId)',
  'Query.deployedModel(id)',
  'Query.role(id)',
  'Role.description',
]);
