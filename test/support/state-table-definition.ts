import type { TableDefinition } from '../../local/template/resources.ts';

/** The state table as the stack makes it. */
export const STATE_TABLE = {
  name: 'state',
  keySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  attributes: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
} satisfies TableDefinition;
