import fc from 'fast-check';

/**
 * On a CI machine every run tries the same random cases: whether a change is good must not depend on chance. Everywhere
 * else each run tries others, and a failure prints the seed that repeats it.
 */
if (process.env.CI) fc.configureGlobal({ seed: 20_261_123 });
