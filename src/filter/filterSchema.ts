import {
  type ConditionKind,
  conditionTypeFacts,
  conditionTypeNames,
  type ConditionType,
  type OperandKind,
} from '../dashly/conditions';
import type { JsonObject, JsonValue } from '../dashly/json';
import { operands } from '../dashly/operands';
import { kindWord, propertyTitle } from '../leads/properties';
import { seenProperties } from '../leads/seenProperties';

/** What the description of a condition says about the properties that it fits. */
const kindRemarks: Readonly<Record<ConditionKind, string>> = {
  any: '',
  number: ' For a number.',
  string: ' For a text. Upper and lower case are the same.',
  boolean: ' For true or false.',
  date: ' For a date.',
  list: ' For a list.',
};

const snippet = (label: string, type: ConditionType, property: string, value: JsonObject): JsonObject => ({
  label,
  body: { type, property_name: `\${1:\\${property}}`, value },
});

/**
 * The JSON schema of filters as `media/leads-filter.schema.json` has it: a test compares the two, and writes the file.
 * `errorMessage`, `enumDescriptions` and `defaultSnippets` are VS Code's own.
 */
export function filterSchema(): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Filter of leads',
    description: 'Which leads of a Dashly app are shown. A list of conditions alone means all of them.',
    type: ['object', 'array'],
    errorMessage: 'Filters must be an object with “type” and “filters”, or a list of conditions.',
    defaultSnippets: [
      {
        label: 'Filter',
        description: 'A filter with one condition',
        body: {
          type: '${1|and,or|}',
          filters: [{ type: 'known', property_name: '${2:\\$email}', value: {} }],
        },
      },
    ],
    if: { type: 'array' },
    then: { items: { $ref: '#/definitions/condition' } },
    else: {
      required: ['type', 'filters'],
      properties: {
        type: {
          description: 'Whether a lead must satisfy all of the conditions or any of them.',
          enum: ['and', 'or'],
          enumDescriptions: ['All of the conditions.', 'Any of the conditions.'],
          errorMessage: '“type” must be “and” or “or”.',
        },
        filters: {
          description: 'The conditions. None: all leads.',
          type: 'array',
          errorMessage: '“filters” must be a list of conditions.',
          items: { $ref: '#/definitions/condition' },
        },
      },
    },
    definitions: { condition: conditionSchema() },
  };
}

function conditionSchema(): JsonObject {
  const properties = seenProperties([]);
  return {
    type: 'object',
    description: 'One condition on one property.',
    errorMessage: 'A condition must be an object.',
    // `^` makes VS Code insert what follows as a number, without quotes.
    defaultSnippets: [
      snippet('Property is set', 'known', '$email', {}),
      snippet('Number is more than', 'gt', '$sessions', { value: '^${2:5}' }),
      snippet('Text contains', 'str_contains', '$name', { value: '${2:text}' }),
      snippet('Date is less than … ago', 'daysless', '$last_seen', { value: '^${2:30}', unit: '${3:days}' }),
      snippet('List has an item', 'lcontains', '$cart_items', { value: '${2:item}' }),
    ],
    if: { required: ['filters'] },
    then: {
      properties: {
        filters: { not: {}, errorMessage: 'Conditions cannot be nested: the service has one level only.' },
      },
    },
    else: {
      required: ['type', 'property_name'],
      properties: {
        type: {
          description: 'What must hold for the property.',
          enum: [...conditionTypeNames],
          enumDescriptions: conditionTypeNames.map(typeDescription),
          errorMessage: 'There is no such condition.',
        },
        property_name: {
          description: 'The name of a property: system ($name), event ($event_18_count) or custom (orders).',
          type: 'string',
          minLength: 1,
          errorMessage: '“property_name” must be the name of a property.',
          anyOf: [
            {
              enum: properties.map(({ name }) => name),
              enumDescriptions: properties.map(
                ({ name, kind }) => `${propertyTitle(name)}${kind ? ` (${kindWord(kind)})` : ''}`,
              ),
            },
            {},
          ],
        },
        value: {
          description: 'What the property is compared with.',
          type: ['object', 'null'],
          default: {},
          errorMessage: '“value” must be an object.',
        },
      },
      allOf: (Object.keys(operands) as OperandKind[]).flatMap(operandSchema),
    },
  };
}

/** A condition in a sentence that names the members it compares with: `The property is more than “value”. For a number.` */
function typeDescription(type: ConditionType): string {
  const { kind, operand, words } = conditionTypeFacts(type);
  const { schema, words: operandWords } = operands[operand];
  const names = Object.keys(schema?.members ?? {}).map((name) => [name, `“${name}”`]);
  // The words of a text stand in quotes already.
  const named = operandWords(Object.fromEntries(names) as JsonObject).replace(/“{2}(.*)”{2}/, '“$1”');
  const remark = schema?.remark === undefined ? '' : ` ${schema.remark}`;
  return `The property ${words.replace('{}', () => named)}.${kindRemarks[kind]}${remark}`;
}

/** What the conditions with a kind of operand must have; nothing for those without. */
function operandSchema(kind: OperandKind): JsonObject[] {
  const { schema } = operands[kind];
  if (!schema) return [];
  const types = conditionTypeNames.filter((type) => conditionTypeFacts(type).operand === kind);
  const required = Object.entries(schema.members).flatMap(([name, member]) =>
    member.default === undefined ? [name] : [],
  );
  return [
    {
      if: { required: ['type'], properties: { type: { enum: types } } },
      then: {
        required: ['value'],
        properties: {
          value: {
            description: `What the property is compared with: ${schema.title}.`,
            type: 'object',
            required,
            properties: schema.members as unknown as Record<string, JsonValue>,
          },
        },
      },
    },
  ];
}
