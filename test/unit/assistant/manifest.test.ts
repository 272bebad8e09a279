import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { filtersInputSchema } from '../../../src/assistant/filterInput';
import { tools } from '../../../src/assistant/tools';
import { conditionTypeNames } from '../../../src/dashly/conditions';
import { parseFilters } from '../../../src/dashly/filterJson';
import type { JsonObject, JsonValue } from '../../../src/dashly/json';
import { parseJson } from '../../../src/dashly/jsonReader';
import { systemProperties } from '../../../src/leads/properties';
import { manifestFile, readManifest } from './testTools';

/** All words of JSON Schema in a schema. */
function words(schema: JsonValue): string[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return [];
  return Object.entries(schema as JsonObject).flatMap(([word, value]) =>
    word === 'properties' ? Object.values(value as JsonObject).flatMap(words) : [word, ...words(value)],
  );
}

describe('The language model tools of the manifest', () => {
  const { languageModelTools, configuration } = readManifest().contributes;

  it('are those that there are', () => {
    assert.deepEqual(
      languageModelTools.map(({ name }) => name),
      Object.keys(tools),
    );
  });

  // UPDATE_SCHEMA=1 writes the manifest.
  it('explain filters as the tables of conditions and properties say', () => {
    const schema = filtersInputSchema();
    if (process.env.UPDATE_SCHEMA === '1') {
      const manifest = readManifest();
      for (const { inputSchema } of manifest.contributes.languageModelTools)
        if ('filters' in inputSchema.properties) Object.assign(inputSchema.properties, { filters: schema });
      writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
    }
    const own = readManifest().contributes.languageModelTools.flatMap(({ inputSchema }) =>
      'filters' in inputSchema.properties ? [inputSchema.properties.filters] : [],
    );
    assert.equal(own.length, 3);
    for (const one of own) assert.deepEqual(one, schema);
  });

  it('are each offered only by a setting of the person, which is off', () => {
    for (const { name, when } of languageModelTools) {
      const setting = `dashlyLeads.${tools[name]!.setting}`;
      assert.equal(when, `config.${setting}`);
      const { type, default: off, scope } = configuration.properties[setting]!;
      assert.deepEqual([type, off, scope], ['boolean', false, 'application'], 'a workspace cannot turn it on');
    }
  });

  it('are explained to models in words of JSON Schema that all services of models take', () => {
    const known = ['type', 'description', 'required', 'enum', 'items', 'default'];
    const bounds = ['minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'minItems', 'maxItems'];
    for (const { name, inputSchema, modelDescription, canBeReferencedInPrompt } of languageModelTools) {
      assert.equal(inputSchema.type, 'object');
      assert.deepEqual(
        words(inputSchema).filter((word) => ![...known, ...bounds].includes(word)),
        [],
        name,
      );
      // The longest description that services take.
      assert.ok(modelDescription.length <= 1024, name);
      assert.match(name, /^[a-z_]{1,64}$/);
      assert.equal(canBeReferencedInPrompt, true, 'else an agent does not get it');
    }
  });

  it('name all conditions and all properties, and give examples that are read', () => {
    const text = JSON.stringify(filtersInputSchema());
    for (const type of conditionTypeNames) assert.ok(text.includes(`${type} (`), type);
    for (const { name, visit } of systemProperties) assert.equal(text.includes(name), !visit, name);
    const { description } = filtersInputSchema();
    assert.ok(typeof description === 'string');
    const [first = '', second = ''] = (description.split('Examples: ')[1] ?? '').split(' or {');
    for (const example of [first, `{${second}`])
      assert.deepEqual(parseFilters(parseJson(example)).problems, [], example);
  });
});
