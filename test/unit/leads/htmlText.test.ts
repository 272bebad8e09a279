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
    ['a<!-- <b>no</b> -->b', 'ab'],
    // What has no text ends wherever a browser ends it.
    ['<style>p{}</style >Hello', 'Hello'],
    ['<script>x</script\n>Hello', 'Hello'],
    ['<SCRIPT>x</script a="b">Hello<iframe src=x></iframe/>', 'Hello'],
    ['<template><p>no</p></template><b>yes</b>', 'yes'],
    // What looks like a beginning in it begins nothing.
    ["<script>'<!--'</script>Hello <b>x</b> -->", 'Hello x -->'],
    ["<style>a<b x='</style>Don't <b>x</b>", "Don't x"],
    // What does not end hides nothing.
    ['<p>before<script>never ends</p>', 'beforenever ends'],
    ['<style>p{}</style>one <style> two', 'one two'],
    ['<p>1 <!-- 2</p>', '1 <!-- 2'],
    ['<p>Paste it into <head>.</p><p>Then reload.</p>', 'Paste it into .\n\nThen reload.'],
    // What has text is read, whatever it is.
    ['<textarea>hi</textarea> there', 'hi there'],
    ['<noscript>no</noscript>z <object>a</object>b', 'noz ab'],
    ['<html><head><title>News</title></head><body><p>Hello</p></body></html>', 'News\nHello'],
    ['<html><body>Hello</body></html>', 'Hello'],
    // What a quoted value holds is no end of a tag.
    ['<a href="x>y">link</a>', 'link'],
    ['<img alt=\'a > b\' title = "<b>" src=x>end', 'end'],
    ["<a title=it's>link</a> it's", "link it's"],
    ['<a href="x>link</a> and more', 'link and more'],
    ['<a href="x>y" <b>z</b>', 'y" z'],
    ['&lt;p&gt; &amp; &#39;x&#x27; &nbsp;&unknown; &#0;', "<p> & 'x'  &unknown; &#0;"],
    // Characters by their names, which have capitals, and by the numbers that old programs write.
    ['&laquo;A&raquo; &mdash; b&hellip; it&rsquo;s &copy; 2 &euro; &frac12; &numero;1', '«A» — b… it’s © 2 € ½ №1'],
    ['&Eacute;t&eacute; &szlig; &COPY; &Copy; &Mdash;', 'Été ß © &Copy; &Mdash;'],
    ['it&#146;s &#132;x&#148; &#x80; &#129;', 'it’s „x” € \u0081'],
    ['<p>&laquo;A&raquo;&nbsp;&ndash; b</p>', '«A» – b'],
    ['<p>&amp;mdash; &am<b>p;</b></p>', '&mdash; &amp;'],
    // A line of the source is none of the text where tags say what is a line.
    ['<p>one\ntwo\r\n  three</p>\n\n\n<p>four&#10;five</p>', 'one two three\n\nfour five'],
    ['one\ntwo<br>\nthree', 'one two\nthree'],
    ['<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>', '• a\n\n• b'],
    ['<p>a</p><pre>b\nc</pre>\nd\ne', 'a\n\nb\nc\nd e'],
    // Where they do not, somebody may have written it so.
    ['Hello,\nsee <a href="https://example.com/">here</a>\nBye', 'Hello,\nsee here\nBye'],
    // No HTML: as it is.
    ['if a<b and c>d', 'if a<b and c>d'],
    ['i<p && q>=r\nfor (i<s; j>0)', 'i<p && q>=r\nfor (i<s; j>0)'],
    ['if n<p && n==1 || n>2', 'if n<p && n==1 || n>2'],
    ['<font color = red>x&lt;y', 'x<y'],
    ['<p>if a<b and c>d</p>', 'if ad'],
    ['a < b and c > d', 'a < b and c > d'],
    ['two  blanks\n\n\n\nand lines', 'two  blanks\n\n\n\nand lines'],
    ['<hot> and <maks@example.com>', '<hot> and <maks@example.com>'],
    ...[
      'Where do I paste the script: into <head> or before </body>? It does not work.',
      'I use <title> and <object> tags, what now?',
      'before<script>never ends',
      'I wrote <!-- in my template and it broke',
      '</style> stands before <style>',
    ].map((written) => [written, written] as const),
    ['', ''],
  ] as const) {
    it(JSON.stringify(html), () => assert.equal(htmlText(html), text));
  }

  it('keeps every letter of a text that is not HTML', () => {
    for (const { text } of hostileTexts) {
      if (!/[<&]/.test(text)) assert.equal(htmlText(text), text);
    }
  });

  for (const part of [
    ...['<', '<p', '<script>', '<!--', '&#', '<a ', '</script', ' \n ', 'a', '<style>', '<style></style', '<i <style>'],
    ...['<a "', '<a ="', `<a ='"`, '<a "="', '=""', '<a =" =', '<title></title ', '<b><script></style>'],
    ...['<b x >', '<b ', ' x'],
  ])
    it(`reads a long text at once, left open in it: ${JSON.stringify(part)}`, () => {
      const long = part.repeat(Math.ceil(2_000_000 / part.length));
      assert.equal(typeof htmlText(long), 'string');
      assert.equal(typeof htmlText(`<p ${long}`), 'string');
    });
});
