//! Words that stand for numbers, scale them, or measure with them, in a few dozen languages.
//!
//! To add a language: its spellings in the tables below; what two languages read differently gets both scales.

/// What a word behind a number multiplies it by: the powers of ten it may stand for. Stems of words that take endings end with `*`.
const SCALES: &[(&str, &[usize])] = &[
    ("hundred", &[2]),
    ("thousand*", &[3]),
    ("tausend", &[3]),
    ("tsd", &[3]),
    ("tusen*", &[3]),
    ("tusind*", &[3]),
    ("duizend", &[3]),
    ("mille", &[3]),
    ("mila", &[3]),
    ("mil", &[3]),
    ("mii", &[3]),
    ("тысяч*", &[3]),
    ("тыс", &[3]),
    ("тисяч*", &[3]),
    ("тис", &[3]),
    ("tysiąc*", &[3]),
    ("tysięcy", &[3]),
    ("tys", &[3]),
    ("tisíc*", &[3]),
    ("tis", &[3]),
    ("ezer", &[3]),
    ("tuhat*", &[3]),
    ("bin", &[3]),
    ("ribu", &[3]),
    ("nghìn", &[3]),
    ("हज़ार", &[3]),
    ("हजार", &[3]),
    ("হাজার", &[3]),
    ("ألف", &[3]),
    ("آلاف", &[3]),
    ("هزار", &[3]),
    ("χιλιάδες", &[3]),
    ("lakh*", &[5]),
    ("लाख", &[5]),
    ("লাখ", &[5]),
    ("million*", &[6]),
    ("millón", &[6]),
    ("millones", &[6]),
    ("milion*", &[6]),
    ("milión*", &[6]),
    ("milió", &[6]),
    ("miljo*", &[6]),
    ("milhão", &[6]),
    ("milhões", &[6]),
    ("milioane", &[6]),
    ("milyon*", &[6]),
    ("millió", &[6]),
    ("milljón*", &[6]),
    ("juta", &[6]),
    ("triệu", &[6]),
    ("mio", &[6]),
    ("mln", &[6]),
    ("mn", &[6]),
    ("миллион*", &[6]),
    ("мільйон*", &[6]),
    ("милион*", &[6]),
    ("млн", &[6]),
    ("مليون", &[6]),
    ("ملايين", &[6]),
    ("میلیون", &[6]),
    ("εκατομμύρι*", &[6]),
    ("εκατ", &[6]),
    ("crore*", &[7]),
    ("करोड़", &[7]),
    ("কোটি", &[7]),
    ("billion*", &[9, 12]),
    ("bn", &[9]),
    ("milliard*", &[9]),
    ("milliárd", &[9]),
    ("miliard*", &[9]),
    ("miljard*", &[9]),
    ("miliardi", &[9]),
    ("mrd", &[9]),
    ("mld", &[9]),
    ("md", &[9]),
    ("mlrd", &[9]),
    ("milyar*", &[9]),
    ("miliar", &[9]),
    ("tỷ", &[9]),
    ("bilhão", &[9]),
    ("bilhões", &[9]),
    ("mil millones", &[9]),
    ("миллиард*", &[9]),
    ("мільярд*", &[9]),
    ("милиард*", &[9]),
    ("млрд", &[9]),
    ("مليار", &[9]),
    ("میلیارد", &[9]),
    ("δισεκατομμύρι*", &[9]),
    ("δισ", &[9]),
    ("trillion*", &[12, 18]),
    ("трлн", &[12]),
    ("триллион*", &[12]),
    ("billones", &[12]),
    ("billón", &[12]),
    ("biljo*", &[12]),
    ("bilion*", &[12]),
    ("trilhões", &[12]),
    ("万", &[4]),
    ("萬", &[4]),
    ("만", &[4]),
    ("百万", &[6]),
    ("亿", &[8]),
    ("億", &[8]),
    ("억", &[8]),
    ("兆", &[12]),
    ("조", &[12]),
    ("ล้าน", &[6]),
];

/// Words, or their beginnings where `*` ends them, that measure; signs are in `number.rs`.
const UNITS: &[&str] = &[
    "percent*",
    "prozent*",
    "procent*",
    "pct",
    "процент*",
    "відсот*",
    "euro*",
    "eur",
    "usd",
    "gbp",
    "chf",
    "jpy",
    "dollar*",
    "dólar*",
    "долл*",
    "pound*",
    "евро",
    "євро",
    "руб*",
    "km",
    "m",
    "cm",
    "mm",
    "kg",
    "g",
    "mg",
    "t",
    "l",
    "ml",
    "ha",
    "mph",
    "kmh",
    "kw",
    "kwh",
    "mw",
    "mwh",
    "gw",
    "gwh",
    "mb",
    "gb",
    "tb",
    "hz",
    "khz",
    "mhz",
    "ghz",
    "ft",
    "lb",
    "oz",
    "км",
    "м",
    "см",
    "кг",
    "г",
    "kilomet*",
    "met*",
    "mètre*",
    "mile*",
    "tonne*",
    "litre*",
    "liter*",
    "hectare*",
    "hektar*",
    "元",
    "円",
    "원",
];

/// Words for small numbers, by language: each row the number and its words, stems ending with `*`.
const SMALL: &[(u32, &str)] = &[
    (0, "zero zéro null nula noll nul ноль нуль cero nolla núll"),
    (
        1,
        "one once first single un une uno una um uma ein* eins erst* premier* première* unique en ett et één een eerste primer* primo prima primeir* один одна одно одну одного одной перв* jeden jedn* jedna pierwsz* první prvn* egy első yksi ensimm* bir ilk satu один одна перш* unu prim* întâi prva prvi един* първ* einn ein* fyrst* första første 一 واحد أول एक",
    ),
    (
        2,
        "two twice second* both pair double couple deux deuxième second* dos segundo* segunda* due dois duas zwei* beid* doppel* paar två två* andra to twee tweede beide anden два две двое двух двум оба обе втор* dwa dwie dwóch dwu drug* dva dvě dvou druh* kettő két mindk* másod* kaksi kahd* toinen iki ikinci dua dvije obje doi două ambele ambii tvist* tve* tvö tveir báð* annan önnur 二 两 兩 双 اثنان दो",
    ),
    (
        3,
        "three third* triple thrice trois trois* tres tre tri terc* terz* três terce* drei* dritt* drie derde tredje три трое трех трёх трем трет* trzy trzech trzec* tři tří třet* három harm* hárm* kolme* üç tiga trei trois* þrist* þrí* þrj* þrem* 三 तीन ثلاث*",
    ),
    (
        4,
        "four fourth* quarter* quatre quatr* cuatro cuart* quattro quart* quatro vier* vier fyra fjärde fire fjerde четыре четверо четыр* четвер* cztery czterech czwart* čtyři čtyř* čtvrt* négy* negyed* neljä* dört empat patru fjark* fjór* fjórð* 四 चार أربع*",
    ),
    (
        5,
        "five fifth* cinq cinq* cinco quint* cinque fünf* vijf* fem femte пять пяти пят* pięć pięciu piąt* pět pěti pát* öt* viisi viid* beş lima cinci femma femman fimm* 五 पांच पाँच خمس*",
    ),
    (
        6,
        "six sixth* sixième seis sext* sei sest* sechs* zes* sex sexa sexan sexu sjätte seks sjette шесть шести шест* sześć sześciu szóst* šest* hat hatod* hatos* hatv* kuusi kuud* altı enam șase sase 六 छह ستة",
    ),
    (
        7,
        "seven seventh* sept septième* siete séptim* sette settim* sete sétim* sieben* siebt* zeven* sju sjunde syv syvende семь семи седьм* siedem siedmiu siódm* sedm* hét hetedik hetes seitsem* yedi tujuh șapte sapte sjö sjöunda 七 सात",
    ),
    (
        8,
        "eight eighth* huit huit* ocho octav* otto ottav* oito oitav* acht* åtta åttonde åtte otte восемь восьми восьм* osiem ośmiu ósm* osm* nyolc* kahdeksa* sekiz delapan opt átta átt* 八 आठ",
    ),
    (
        9,
        "nine ninth* neuf neuv* nueve noven* nove nono non* neun* negen* nio ni nionde девять девяти девят* dziewięć dziewięciu dziewiąt* devět devíti devát* kilenc* yhdeksä* dokuz sembilan nouă níu níund* 九 नौ",
    ),
    (
        10,
        "ten tenth* dix dix* diez décim* decad* dieci decim* dez zehn* tien* tio tionde ti ti* десять десяти десят* dziesięć dziesięciu dziesiąt* deset* desát* tíz* tized* kymmen* on sepuluh zece tíu tíund* 十 दस",
    ),
    (
        11,
        "eleven* elf* onze once onzième undici elva elleve одиннадцат* jedenaście jedenastu jedenáct* tizenegy* unsprezece ellefu",
    ),
    (
        12,
        "twelve twelfth* dozen* douze douz* doce dodici doze zwölf* twaalf* tolv двенадцат* dwanaście dwunast* dvanáct* tizenk* doisprezece tólf",
    ),
    (
        13,
        "thirteen* treize trece tredici treze dreizehn* dertien* tretton tretten тринадцат* trzynaście třináct* tizenh* treisprezece þrettán",
    ),
    (
        14,
        "fourteen* quatorze catorce quattordici catorze vierzehn* veertien* fjorton fjorten четырнадцат* tizenn* paisprezece fjórtán",
    ),
    (
        15,
        "fifteen* quinze quince quindici quinze fünfzehn* vijftien* femton femten пятнадцат* piętnaście patnáct* tizenö* cincisprezece fimmtán",
    ),
    (
        16,
        "sixteen* seize dieciséis sedici dezesseis sechzehn* zestien* sexton seksten шестнадцат* tizenhat* șaisprezece sextán",
    ),
    (
        17,
        "seventeen* dix-sept diecisiete diciassette dezessete siebzehn* zeventien* sjutton sytten семнадцат* tizenhét* șaptesprezece sautján",
    ),
    (
        18,
        "eighteen* dix-huit dieciocho diciotto dezoito achtzehn* achttien* arton atten восемнадцат* tizennyolc* optsprezece átján",
    ),
    (
        19,
        "nineteen* dix-neuf diecinueve diciannove dezenove neunzehn* negentien* nitton nitten девятнадцат* tizenkilenc* nouăsprezece nítján",
    ),
    (
        20,
        "twenty twent* vingt veinte venti vinte zwanzig* twintig* tjugo tyve двадцат* dwadzieścia dwudziest* dvacet* húsz* husz* kaksikymmentä yirmi dua-puluh douăzeci tuttugu",
    ),
    (
        30,
        "thirty thirt* trente treinta trenta trinta dreißig* dertig* trettio tretti trettio тридцат* trzydzieści třicet* harminc* treizeci þrjátíu",
    ),
    (
        40,
        "forty fort* quarante cuarenta quaranta quarenta vierzig* veertig* fyrtio førti сорок* czterdzieści čtyřicet* negyven* patruzeci fjörutíu",
    ),
    (
        50,
        "fifty fift* half cinquante cincuenta cinquanta cinquenta fünfzig* vijftig* femtio femti пятьдесят* pięćdziesiąt padesát* ötven* cincizeci fimmtíu",
    ),
    (
        60,
        "sixty sixt* soixante sesenta sessanta sessenta sechzig* zestig* sextio seksti шестьдесят* hatvan* șaizeci sextíu",
    ),
    (
        70,
        "seventy sevent* soixante-dix setenta settanta septante siebzig* zeventig* sjuttio семьдесят* hetven* șaptezeci sjötíu",
    ),
    (
        80,
        "eighty eight* quatre-vingt* ochenta ottanta oitenta achtzig* tachtig* åttio восемьдесят* nyolcvan* optzeci áttatíu",
    ),
    (
        90,
        "ninety ninet* quatre-vingt-dix noventa novanta neunzig* negentig* nittio девяносто kilencven* nouăzeci níutíu",
    ),
    (
        100,
        "hundred* cent* cien* cento cem hundert* honderd* hundra hundre сто сотн* sto száz* sută sute hundrað* yüz seratus 百 सौ مئة",
    ),
    (
        1000,
        "thousand* mille mil mila tausend* duizend* tusen тысяч* tysiąc* tisíc* ezer* mie mii þúsund* bin seribu 千 हज़ार ألف",
    ),
    (1_000_000, "million* millón milione milhão miljoen* miljon* миллион* milion* millió* milljón*"),
];

/// Words before a number that make it negative.
const MINUS: &[&str] = &["minus", "moins", "menos", "meno", "минус", "мінус", "mínus"];

/// Whether `word` is `entry`, or begins with it where it ends with `*`.
fn is(word: &str, entry: &str) -> bool {
    entry.strip_suffix('*').map_or(word == entry, |stem| word.starts_with(stem))
}

/// Powers of ten that the lower-cased `word` may scale by, and the bytes of it that do: words of scripts without blanks
/// go on. Nothing for a word that does not scale.
pub(super) fn scale(word: &str) -> Option<(&'static [usize], usize)> {
    let exact = SCALES.iter().find(|(entry, _)| is(word, entry)).map(|(_, powers)| (*powers, word.len()));
    exact.or_else(|| {
        let starts = SCALES.iter().filter(|(entry, _)| {
            entry.chars().all(
                |c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{e00}'..='\u{e7f}'),
            )
        });
        let longest =
            starts.filter(|(entry, _)| word.starts_with(entry)).max_by_key(|(entry, _)| entry.len());
        longest.map(|(entry, powers)| (*powers, entry.len()))
    })
}

/// Whether the lower-cased `word` measures.
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.iter().any(|entry| is(word, entry))
}

/// Whether the lower-cased `word` makes the number behind it negative.
pub(super) fn is_minus(word: &str) -> bool {
    MINUS.contains(&word)
}

/// Numbers that the lower-cased `word` stands for in any language of the table: 0 to 20, tens, 100, 1000 and a million, as
/// cardinal, ordinal or the like (`both`, `twice`). Nothing for most words.
///
/// ```
/// # use nutgraf::translate::protect::number_words;
/// assert!(number_words("trois").any(|number| number == 3));
/// assert_eq!(number_words("harbour").next(), None);
/// ```
pub fn number_words(word: &str) -> impl Iterator<Item = u32> {
    SMALL
        .iter()
        .filter(move |(_, words)| words.split(' ').any(|entry| is(word, entry)))
        .map(|(number, _)| *number)
}
