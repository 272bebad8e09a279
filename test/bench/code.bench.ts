import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { serviceClients } from '../../src/code/clients';
import { findCalls } from '../../src/code/scan';
import { type BenchResult, type Benchmark, median } from './result';

/** 25 lines of what source files are made of. */
const lines = `
/** Adds an item: "it's" what carts are for, see https://x.example/dashly. */
export function Cart({ items, user, onPaid }: CartProps) {
  const [open, setOpen] = useState<boolean>(false);
  const total = items.reduce((sum, { price, count }) => sum + price * count, 0) / 100;
  // Prices like 1/2 and 'quoted "ones"', \`too\`
  const label = \`\${items.length} items, \${total.toFixed(2)} \${user.currency ?? 'EUR'}\`;
  const isMail = /^[^@\\s"']+@[^/]+\\.[a-z]{2,}$/i.test(user.email);
  const rows = items.map((item) => ({ ...item, key: item.id, title: item.title.replace(/['"]/g, '') }));
  useEffect(() => {
    if (!open || rows.length === 0) return undefined;
    const timer = setTimeout(() => setOpen(false), 5_000);
    return () => clearTimeout(timer);
  }, [open, rows]);
  async function pay(): Promise<void> {
    const response = await fetch(\`/api/orders/\${user.id}?currency=\${encodeURIComponent(user.currency)}\`);
    if (!response.ok) throw new Error('The order could not be paid: ' + response.statusText);
    onPaid(await response.json());
  }
  return (
    <section className="cart" aria-label={label}>
      <h2>Don't wait, {user.name}</h2>
      {rows.map(({ key, title }) => <Row key={key} title={title} />)}
      <button disabled={!isMail} onClick={() => void pay()}>Pay {label}</button>
    </section>
`;
const calls = `  dashly.identify({ $email: user.email, plan: 'free', tags: ['a', 'b'] });
  dashly.track('Order completed', { total, items: rows.length });
`;

/** How long it takes until the calls in a file of 5,000 lines are found. */
const benchmark: Benchmark = () => {
  const piece = lines.trim();
  const source = Array.from({ length: 200 }, (_, index) =>
    index % 8 === 0 ? `${piece}\n${calls}}` : `${piece}\n}`,
  ).join('\n');
  const cut = source.split('\n').slice(0, 5_000).join('\n');
  const page = `<!DOCTYPE html>\n<script>\n${cut.replaceAll('</', '<\\/')}\n</script>`;
  return Promise.resolve([
    measured('calls in a TypeScript file of 5,000 lines', cut, 'typescriptreact', true),
    measured('the same in the script of a page', page, 'html', true),
    measured('the same without the words', cut.replaceAll('dashly', 'others'), 'typescriptreact', false),
  ]);
};

/** The median of readings of a warm scanner; the first of a cold one is in its name. */
function measured(name: string, text: string, language: string, hasCalls: boolean): BenchResult {
  const times = Array.from({ length: 101 }, () => {
    const start = performance.now();
    const found = findCalls(text, language, serviceClients);
    const time = performance.now() - start;
    assert.equal(found.length > 40, hasCalls);
    return time;
  });
  const value = median(times);
  return { name: `${name} (the first: ${times[0]!.toFixed(1)} ms)`, value, unit: 'ms', goal: '≤ 5', met: value <= 5 };
}

export default benchmark;
