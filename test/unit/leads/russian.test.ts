import assert from 'node:assert/strict';
import type * as notes from '../../../src/assistant/notes';
import type * as missing from '../../../src/crawl/missingLeads';
import type { LeadWindow } from '../../../src/crawl/windows';
import { condition, filtersOf, type TypedCondition } from '../../../src/dashly/conditions';
import type * as errors from '../../../src/dashly/errors';
import type * as filterJson from '../../../src/dashly/filterJson';
import type * as operandTable from '../../../src/dashly/operands';
import type * as summary from '../../../src/explore/propertySummary';
import type * as maskings from '../../../src/leads/masking';
import type * as properties from '../../../src/leads/properties';
import type * as queryWords from '../../../src/leads/queryWords';
import type * as transcript from '../../../src/leads/transcript';
import { speak } from '../../../src/language';
import { inRussian } from '../inRussian';

const texts = {
  '{0} {1}/property': '{0}: {1}',
  '{0} and {1}': '{0} и {1}',
  '{0} or {1}': '{0} или {1}',
  '“{0}”': '«{0}»',
  'is set': 'задано',
  'is more than {}': 'больше {}',
  'is between {}': 'в диапазоне {}',
  'is {}': 'равно {}',
  'is less than {} ago': 'менее {} назад',
  'is more than {} ago or not set': 'более {} назад или не задано',
  'has the item {}': 'содержит элемент {}',
  'is after {}': 'после {}',
  '{0} and {1}/range': 'от {0} до {1}',
  '{1} hour|{1} hours': '{1} часа|{1} часов|{1} часов',
  '{1} day|{1} days': '{1} дня|{1} дней|{1} дней',
  '{1} week|{1} weeks': '{1} недели|{1} недель|{1} недель',
  'the start of today': 'начала сегодняшнего дня',
  '{0} to {1}/typed': 'от {0} до {1}',
  'from/typed': 'от',
  'to/typed': 'до',
  'and/typed': 'и',
  'ago/typed': 'назад',
  'today/typed': 'сегодня',
  'minutes/typed': 'минут минуты минуту минута',
  'hours/typed': 'часов часа час',
  'days/typed': 'дней дня день',
  'weeks/typed': 'недель недели неделю неделя',
  Sessions: 'Сессии',
  'Last seen': 'Последний визит',
  Online: 'Онлайн',
  Idle: 'Отошёл',
  '{0} among the loaded leads': 'среди загруженных лидов: {0}',
  'by {0}, {1}': 'по свойству «{0}», {1}',
  'newest first': 'сначала новые',
  'all of ({0})': 'все из ({0})',
  '{0}, count': '{0}, количество',
  'Event {0}': 'Событие {0}',
  'The request was cancelled.': 'Запрос отменён.',
  '{0} The service says: {1}': '{0} Ответ сервиса: {1}',
  '{0} lead of {1}|{0} leads of {1}': '{0} лид ({1})|{0} лида ({1})|{0} лидов ({1})',
  '{0}: they came or moved faster than they could be read.':
    '{0}: список менялся быстрее, чем его удавалось прочитать.',
  'the whole view': 'всё представление',
  'not set': 'не задано',
  'with “{0}”': 'содержит «{0}»',
  'from {0}': 'от {0}',
  'below {0}': 'меньше {0}',
  text: 'текст',
  'yes or no': 'да или нет',
  chat: 'чат',
  bot: 'бот',
  automatic: 'автоматически',
  'Automatic reply': 'Автоответ',
  'Chat bot': 'Чат-бот',
  'The service': 'Сервис',
  'assigned the conversation to {0}': 'назначает ответственного: {0}',
};

describe('In Russian', () => {
  const modules = () =>
    inRussian(texts, (load) => ({
      ...(load('dashly/errors') as typeof errors),
      ...(load('dashly/filterJson') as typeof filterJson),
      ...(load('dashly/operands') as typeof operandTable),
      ...(load('leads/masking') as typeof maskings),
      ...(load('leads/properties') as typeof properties),
      ...(load('leads/queryWords') as typeof queryWords),
      ...(load('leads/transcript') as typeof transcript),
      ...(load('crawl/missingLeads') as typeof missing),
      ...(load('assistant/notes') as typeof notes),
      ...(load('explore/propertySummary') as typeof summary),
    }));
  let russian: ReturnType<typeof modules>;
  before(() => (russian = modules()));
  after(() => speak('en', undefined));

  const conditions: readonly (readonly [TypedCondition, string])[] = [
    [condition.none('known', 'тариф'), 'тариф: задано'],
    [condition.number('gt', '$sessions', 5), 'Сессии: больше 5'],
    [condition.range('$sessions', 2, 5), 'Сессии: в диапазоне от 2 до 5'],
    [condition.text('str_eq', 'тариф', '$& {0}'), 'тариф: равно «$& {0}»'],
    [condition.text('lcontains', 'список', 'a'), 'список: содержит элемент «a»'],
    [condition.age('daysless', '$last_seen', 1, 'days'), 'Последний визит: менее 1 дня назад'],
    [condition.age('daysless', '$last_seen', 22, 'hours'), 'Последний визит: менее 22 часов назад'],
    [
      condition.age('daysmore_or_unknown', '$last_seen', 1500, 'weeks'),
      'Последний визит: более 1500 недель назад или не задано',
    ],
    [condition.date('after', '$last_seen', 'today'), 'Последний визит: после начала сегодняшнего дня'],
  ];
  for (const [given, words] of conditions)
    it(`a condition is “${words}”`, () => {
      assert.equal(russian.conditionWords(given, new russian.Masking('key')), words);
    });

  it('a view says its conditions, its presences and its order', () => {
    const masking = new russian.Masking('key');
    const both = [condition.number('gt', '$sessions', 5), condition.none('known', 'тариф')];
    const words = (type: 'and' | 'or') => russian.describeSelection({ filters: filtersOf(type, both) }, masking);
    assert.equal(words('and'), 'Сессии: больше 5 и тариф: задано');
    assert.equal(words('or'), 'Сессии: больше 5 или тариф: задано');
    const presence = ['online', 'idle'];
    assert.equal(russian.describeSelection({ presence }, masking), 'среди загруженных лидов: онлайн или отошёл');
    assert.equal(russian.describeOrder({}, masking), 'по свойству «Последний визит», сначала новые');
  });

  it('a group of conditions that no condition of the service’s list is', () => {
    const stored = { type: 'and', filters: [{ cls: 'tags', type: 'tag_contains', value: { value: 'VIP' } }] };
    assert.equal(
      russian.unknownConditionWords(stored, new russian.Masking('key')),
      'все из (tags: tag contains «VIP»)',
    );
  });

  const typed: readonly (readonly [operandKind: 'range' | 'age' | 'date', text: string, shown: string])[] = [
    ['range', 'от 2 до 5', 'от 2 до 5'],
    ['range', '2 и -5.5', ''],
    ['range', '-5.5 до 2', 'от -5.5 до 2'],
    ['range', '2 to 5', 'от 2 до 5'],
    ['age', '30', '30 дней'],
    ['age', '1 день', '1 дней'],
    ['age', '2 часа назад', '2 часов'],
    ['age', '3 нед', '3 недель'],
    ['age', '30 days ago', '30 дней'],
    ['age', '2 дома', ''],
    ['age', '2 дня вперёд', ''],
    ['date', 'Сегодня', 'сегодня'],
    ['date', 'today', 'сегодня'],
    ['date', '2030-01-31', '2030-01-31'],
  ];
  for (const [kind, text, shown] of typed)
    it(`“${text}” is ${shown === '' ? 'not understood' : `read as “${shown}”, and so is that`}`, () => {
      const read = russian.parseOperandText(kind, text);
      assert.equal('problem' in read, shown === '');
      if ('problem' in read) return;
      assert.equal(russian.operandText(kind, read.value), shown);
      assert.deepEqual(russian.parseOperandText(kind, shown), read);
    });

  it('the count of an event is a property', () => {
    assert.equal(russian.propertyTitle('$event_18_count'), 'Событие 18, количество');
    assert.equal(russian.propertyTitle('$event_18_count', new Map([['18', '{0}|']])), '{0}|, количество');
  });

  it('an error ends with what the service said', () => {
    const error = new russian.DashlyError('cancelled', { serviceMessage: 'no {0}' });
    assert.equal(error.message, 'Запрос отменён. Ответ сервиса: no {0}');
  });

  it('leads that could not be read are counted, and said where they are', () => {
    const parts: LeadWindow['parts'] = [
      { kind: 'unknown', prop: 'тариф' },
      { kind: 'contains', prop: 'город', text: 'a|b' },
      { kind: 'range', prop: '$sessions', from: 2, below: 5 },
    ];
    assert.equal(
      russian.describeMissing({ count: 2, window: { parts }, why: 'moving' }),
      '2 лида (тариф: не задано, город: содержит «a|b», $sessions: от 2 меньше 5): список менялся быстрее, чем его удавалось прочитать.',
    );
    assert.match(russian.describeMissing({ count: 21, window: { parts: [] }, why: 'moving' }), /^21 лид \(всё /);
  });

  it('a language model is told types of properties by the API’s names', async () => {
    const filters = filtersOf('and', [condition.number('gt', '$name', 5)]);
    assert.match(russian.inputNotes({ filters }, new Set()).join(), /which is of the type string\.$/);
    const props = { $name: 'Ada', paid: true };
    const lead = { id: '1', presence: 'offline', props, record: {} };
    const { properties: told } = await russian.summarizeProperties(
      { listLeads: () => Promise.resolve({ leads: [lead], total: 1, received: 1, skipped: [] }) } as never,
      { known: [], masked: new russian.Masking('key', true), signal: new AbortController().signal },
    );
    const types = (name: string) => told.find((one) => one.name === name)?.types;
    assert.deepEqual([types('$name'), types('paid')], [['string'], ['boolean']]);
  });

  it('a message says once which way it came', () => {
    const how = (type: string, sentVia: string) => {
      const part = { id: '1', type, sentVia, from: null, body: 'x', attachments: [], record: {} };
      return russian.transcriptPart(part as never, { text: (text) => text, leadName: 'Ada' }).how;
    };
    assert.equal(how('reply_user', ''), 'чат');
    assert.equal(how('chat_bot_admin', 'web_panel'), 'бот');
    assert.equal(how('auto_reply', 'message_auto'), 'автоматически');
  });

  it('a step is a sentence behind who took it', () => {
    const record = { assignee: { name: 'Ольга' } };
    const part = { id: '1', type: 'assigned', sentVia: '', from: null, body: '', attachments: [], record };
    const { who, text } = russian.transcriptPart(part as never, { text: (text) => text, leadName: 'Ada' });
    assert.equal(`${who} ${text}`, 'Сервис назначает ответственного: Ольга');
  });
});
