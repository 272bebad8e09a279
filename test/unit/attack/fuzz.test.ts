import fc from 'fast-check';
import { fuzzProperties } from '../../fuzz/properties';

describe('Fuzzing, the part with a fixed seed', () => {
  for (const { name, property } of fuzzProperties) {
    it(name, () => fc.assert(property, { numRuns: 1000, seed: 20_261_125 }));
  }
});
