import {
  ageUnits,
  type ConditionKind,
  conditionTypeFacts,
  conditionTypeNames,
  type OperandKind,
} from '../dashly/conditions';
import { filtersJson } from '../dashly/filterJson';
import type { JsonObject } from '../dashly/json';
import type { Filters } from '../dashly/lead';
import { operands } from '../dashly/operands';
import { systemProperties } from '../leads/properties';

/** The conditions by the properties they fit, in the order in which they are explained. */
const kinds: Readonly<Record<ConditionKind, string>> = {
  any: 'any property',
  number: 'numbers',
  string: 'texts, upper and lower case being the same',
  boolean: 'true or false',
  date: 'dates',
  list: 'lists',
};

/** What a condition with a kind of operand has for `value`. */
const values: Readonly<Record<OperandKind, string>> = {
  none: '{}',
  number: '{"value": "5"}',
  range: '{"value1": "2", "value2": "5"}, both bounds included',
  text: '{"value": "a text"}',
  age: `{"value": "30", "unit": "days"}, the unit being ${ageUnits.join(', ')}`,
  date: '{"date": "2030-01-31"}, or with a time in UTC ("2030-01-31T12:00:00"), or "today" for its midnight; a date that is still to come gives more leads than asked for',
};

const examples: readonly Filters[] = [
  {
    type: 'and',
    filters: [
      { type: 'known', property_name: '$email', value: {} },
      { type: 'gt', property_name: '$sessions', value: { value: '5' } },
      { type: 'daysless', property_name: '$last_seen', value: { value: '7', unit: 'days' } },
    ],
  },
  {
    type: 'or',
    filters: [
      { type: 'str_contains', property_name: '$last_utm_source', value: { value: 'google' } },
      { type: 'known', property_name: '$event_18_count', value: {} },
    ],
  },
];

/**
 * The member `filters` of a tool's input in the manifest, which a test compares with this. It explains the language of
 * filters to a model with those words of JSON Schema alone that every service of models takes: no references, no
 * alternatives, no lists of types. Numbers are written as text, which our reader takes as well as numbers.
 */
export function filtersInputSchema(): JsonObject {
  const operandText = (description: string): JsonObject => ({ type: 'string', description });
  return {
    type: 'object',
    description: `Which leads: conditions on their properties. All leads when left out. Examples: ${examples
      .map((example) => JSON.stringify(filtersJson(example)))
      .join(' or ')}`,
    required: ['type', 'filters'],
    properties: {
      type: {
        type: 'string',
        enum: ['and', 'or'],
        description: 'and: a lead must satisfy all of the conditions; or: any of them. They cannot be mixed or nested.',
      },
      filters: {
        type: 'array',
        maxItems: 50,
        description: 'The conditions.',
        items: {
          type: 'object',
          required: ['type', 'property_name', 'value'],
          properties: {
            type: { type: 'string', enum: [...conditionTypeNames], description: conditionsText() },
            property_name: { type: 'string', description: propertiesText() },
            value: {
              type: 'object',
              description: `What the property is compared with, by the type of the condition. ${operandsText()}`,
              properties: {
                value: operandText('A number written as text, or a text. Of daysless and daysmore how many units ago.'),
                unit: { type: 'string', enum: [...ageUnits], description: 'The unit of daysless and daysmore.' },
                value1: operandText('Of range: the lower bound, included.'),
                value2: operandText('Of range: the upper bound, included.'),
                date: operandText('Of after and before.'),
              },
            },
          },
        },
      },
    },
  };
}

/** `For numbers: gt (is more than …), lt (is less than …).` */
function conditionsText(): string {
  return (Object.keys(kinds) as ConditionKind[])
    .map((kind) => {
      const types = conditionTypeNames.filter((type) => conditionTypeFacts(type).kind === kind);
      const words = types.map((type) => `${type} (${conditionTypeFacts(type).words.replace('{}', '…')})`);
      return `For ${kinds[kind]}: ${words.join(', ')}.`;
    })
    .join(' ');
}

function operandsText(): string {
  return (Object.keys(operands) as OperandKind[])
    .map((kind) => {
      const types = conditionTypeNames.filter((type) => conditionTypeFacts(type).operand === kind);
      return `${types.join(', ')}: ${values[kind]}.`;
    })
    .join(' ');
}

/** The documented properties by their types, those that a lead has while nobody is on the site, too. */
function propertiesText(): string {
  const documented = (['string', 'number', 'date', 'list'] as const).map((kind) => {
    const names = systemProperties.filter((property) => property.kind === kind && !property.visit);
    return `${names.map(({ name }) => name).join(', ')} (${kinds[kind].replace(/,.*/, '')})`;
  });
  return [
    `The exact name of a property. Those of the service begin with $: ${documented.join('; ')}.`,
    'Of the event type with the id 18: $event_18_count (number), $event_18_first and $event_18_last (dates).',
    'All others are the own ones of the app, without $: dashly_leads_describe_properties tells their names and values.',
    'Presence, tags and segments are no properties.',
  ].join(' ');
}
