/** A given or family name and how its bearer writes it in an e-mail address. */
type WrittenName = readonly [written: string, latin: string];

/** Names and places that go together. */
export interface Culture {
  /** How often, relative to the others. */
  readonly share: number;
  readonly given: readonly WrittenName[];
  readonly family: readonly WrittenName[];
  /** Whether the family name comes first, and what stands between the two. */
  readonly familyFirst?: boolean;
  readonly between?: string;
  /** `$country`, `$region`, `$city`. */
  readonly places: readonly (readonly [country: string, region: string, city: string])[];
  readonly dialling: string;
}

const names = (text: string): readonly WrittenName[] =>
  text.split(' ').map((name) => {
    const [written = '', latin] = name.split('/');
    return [
      written.replaceAll('_', ' '),
      latin ??
        written
          .toLowerCase()
          .replaceAll('ł', 'l')
          .replaceAll('ø', 'o')
          .normalize('NFD')
          .replace(/[^a-z]/g, ''),
    ];
  });

export const cultures: readonly Culture[] = [
  {
    share: 34,
    given: names(
      'James Mary Robert Patricia John Jennifer Michael Linda David Susan Olivia Noah Emma Liam Amelia Grace Ethan Zoe',
    ),
    family: names(
      "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor O'Connor McDonald Fitzgerald Clark-Hughes",
    ),
    places: [
      ['United States', 'California', 'San Francisco'],
      ['United States', 'New York', 'New York'],
      ['United States', 'Texas', 'Austin'],
      ['United Kingdom', 'England', 'London'],
      ['Ireland', 'Leinster', 'Dublin'],
      ['Australia', 'New South Wales', 'Sydney'],
    ],
    dialling: '+1',
  },
  {
    share: 24,
    given: names(
      'Максим/maks Анна/anna Дмитрий/dmitry Елена/elena Сергей/sergey Ольга/olga Иван/ivan Мария/maria Алексей/alexey Наталья/natalia Юрий/yury',
    ),
    family: names(
      'Петренко/petrenko Шевчук/shevchuk Коваль/koval Мельник/melnik Бондарь/bondar Ткач/tkach Гончар/gonchar Мороз/moroz Лысенко/lysenko',
    ),
    places: [
      ['Казахстан', 'Алматы', 'Алматы'],
      ['Армения', 'Ереван', 'Ереван'],
      ['Россия', 'Московская область', 'Москва'],
      ['Россия', 'Санкт-Петербург', 'Санкт-Петербург'],
    ],
    dialling: '+7',
  },
  {
    share: 12,
    given: names(
      'José María Sofía Alejandro Lucía Zoë François Chloé Jürgen Anaïs Søren Łukasz Żaneta Øystein Çağla İpek Ștefan',
    ),
    family: names(
      'García Fernández Müller Schröder Lefèvre Çelik Kowalczyk Ångström Nguyễn Popescu Novák Brânză de_la_Cruz/delacruz',
    ),
    places: [
      ['España', 'Cataluña', 'Barcelona'],
      ['Deutschland', 'Nordrhein-Westfalen', 'Köln'],
      ['France', 'Île-de-France', 'Paris'],
      ['Türkiye', 'İstanbul', 'İstanbul'],
      ['Polska', 'Łódzkie', 'Łódź'],
    ],
    dialling: '+34',
  },
  {
    share: 6,
    given: names('伟/wei 芳/fang 秀英/xiuying 敏/min 静/jing 强/qiang 磊/lei 洋/yang'),
    family: names('王/wang 李/li 张/zhang 刘/liu 陈/chen 欧阳/ouyang'),
    familyFirst: true,
    between: '',
    places: [
      ['中国', '上海市', '上海'],
      ['中国', '广东省', '深圳'],
      ['Singapore', 'Singapore', 'Singapore'],
    ],
    dialling: '+86',
  },
  {
    share: 5,
    given: names('さくら/sakura 翔太/shota 陽菜/hina 蓮/ren ゆうき/yuki マリ/mari'),
    family: names('佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 渡辺/watanabe'),
    familyFirst: true,
    places: [
      ['日本', '東京都', '東京'],
      ['日本', '大阪府', '大阪'],
    ],
    dialling: '+81',
  },
  {
    share: 3,
    given: names('민준/minjun 서연/seoyeon 지훈/jihun 하은/haeun 도윤/doyun'),
    family: names('김/kim 이/lee 박/park 최/choi 정/jung'),
    familyFirst: true,
    between: '',
    places: [
      ['대한민국', '서울특별시', '서울'],
      ['대한민국', '부산광역시', '부산'],
    ],
    dialling: '+82',
  },
  {
    share: 5,
    given: names('محمد/mohammed فاطمة/fatima أحمد/ahmed نور/noor خالد/khaled ليلى/layla عمر/omar'),
    family: names('الحسن/alhassan المصري/almasri حداد/haddad منصور/mansour العلي/alali'),
    places: [
      ['مصر', 'القاهرة', 'القاهرة'],
      ['الإمارات', 'دبي', 'دبي'],
    ],
    dialling: '+20',
  },
  {
    share: 3,
    given: names('נועה/noa דוד/david תמר/tamar יוסף/yosef מיכל/michal'),
    family: names('כהן/cohen לוי/levi מזרחי/mizrahi פרץ/peretz'),
    places: [
      ['ישראל', 'תל אביב', 'תל אביב'],
      ['ישראל', 'חיפה', 'חיפה'],
    ],
    dialling: '+972',
  },
  {
    share: 4,
    given: names('आरव/aarav प्रिया/priya रोहन/rohan अनन्या/ananya कविता/kavita'),
    family: names('शर्मा/sharma पटेल/patel सिंह/singh गुप्ता/gupta'),
    places: [
      ['भारत', 'महाराष्ट्र', 'मुंबई'],
      ['India', 'Karnataka', 'Bengaluru'],
    ],
    dialling: '+91',
  },
  {
    share: 1,
    given: names('สมชาย/somchai สุดา/suda มาลี/malee'),
    family: names('ใจดี/jaidee ทองคำ/thongkam'),
    places: [['ประเทศไทย', 'กรุงเทพมหานคร', 'กรุงเทพฯ']],
    dialling: '+66',
  },
  {
    share: 1,
    given: names('Ελένη/eleni Γιώργος/giorgos Μαρία/maria'),
    family: names('Παπαδόπουλος/papadopoulos Γεωργίου/georgiou'),
    places: [['Ελλάδα', 'Αττική', 'Αθήνα']],
    dialling: '+30',
  },
  {
    share: 1,
    given: names('გიორგი/giorgi ნინო/nino ანა/ana'),
    family: names('ბერიძე/beridze კაპანაძე/kapanadze'),
    places: [['საქართველო', 'თბილისი', 'თბილისი']],
    dialling: '+995',
  },
];

/** Marks people put beside their names: among them sequences of several code points that show as one picture. */
export const nameEmoji = ['🚀', '😀', '🌸', '👩‍💻', '👨‍👩‍👧‍👦', '🏳️‍🌈', '🇯🇵', '✌🏽', '☕️'];

/** Hosts of e-mail addresses: all of them belong to nobody (RFC 2606). */
export const mailHosts = [
  'example.com',
  'example.org',
  'example.net',
  'mail.example.com',
  'shop.example',
  'correo.test',
  'пример.test',
];
export const referrers = [
  'https://www.example.org/blog/pricing',
  'https://search.example.com/?q=live+chat',
  'https://news.example/',
  'android-app://com.example.mail/',
  '(direct)',
];
export const campaigns = ['spring_sale', 'brand', 'retargeting-30d', 'webinar 2026', 'акция_осень'];
export const media = ['cpc', 'email', 'social', 'referral', 'banner'];
export const sources = ['google', 'newsletter', 'facebook', 'partner-17', 'yandex'];
export const terms = ['live chat', 'crm+for+shop', 'чат для сайта', 'lead database'];
export const products = [
  'Espresso cups, set of 6',
  'Кофемолка',
  '珈琲豆 200g',
  'Grinder "Pro" 2000',
  'Filter paper; 100 pcs',
  'Mug, blue',
  'Gift card',
];
export const categories = ['Coffee', 'Tea', 'Accessories', 'Подарки', 'Sale'];
export const orderStates = ['new', 'paid', 'shipped', 'delivered', 'cancelled'];
export const plans = ['free', 'pro', 'team', 'enterprise'];
export const companies = [
  'Initech',
  'Acme, Inc.',
  'ООО «Ромашка»',
  'Café Zürich GmbH',
  'Globex & Sons',
  '株式会社サンプル',
];
export const interests = ['coffee', 'tea', 'gifts', 'wholesale', 'barista course', 'доставка'];
