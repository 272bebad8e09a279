import assert from 'node:assert/strict';
import { htmlText } from '../../../src/leads/htmlText';
import { hostileTexts } from '../../service/hostileTexts';

describe('What is read of a text that may be HTML', () => {
  for (const [html, text] of [
    ['<p>Hello</p>', 'Hello'],
    ['<p>One<br/>two</p><p>three</p>', 'One\ntwo\n\nthree'],
    ['<ul><li>a</li><li>b</li></ul>', '• a\n\n• b'],
    ['see <a href="https://example.com/">here</a>', 'see here'],
    ['<img src=x onerror="alert(1)">after', 'after'],
    ['<script>alert(1)</script>after', 'after'],
    ['before<style>p{}</style>', 'before'],
    ['before<script>never ends', 'before'],
    ['a<!-- <b>no</b> -->b', 'ab'],
    ['&lt;p&gt; &amp; &#39;x&#x27; &nbsp;&unknown; &#0;', "<p> & 'x'  &unknown; &#0;"],
    // No HTML: as it is.
    ['a < b and c > d', 'a < b and c > d'],
    ['two  blanks\n\n\n\nand lines', 'two  blanks\n\n\n\nand lines'],
    ['<hot> and <maks@example.com>', '<hot> and <maks@example.com>'],
    ['', ''],
  ] as const) {
    it(JSON.stringify(html), () => assert.equal(htmlText(html), text));
  }

  it('keeps every letter of a text that is not HTML', () => {
    for (const { text } of hostileTexts) {
      if (!/[<&]/.test(text)) assert.equal(htmlText(text), text);
    }
  });

  it('reads a long text at once, whatever is left open in it', () => {
    const long = (part: string): string => part.repeat(Math.ceil(2_000_000 / part.length));
    for (const part of ['<', '<p', '<script>', '<!--', '&#', '<a ', '</script', ' \n ']) {
      assert.equal(typeof htmlText(long(part)), 'string');
    }
  });
});
