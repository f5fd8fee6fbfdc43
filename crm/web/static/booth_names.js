// Finding a company while its name is typed, as the server does it: by name, by alias, and by initial consonants.
// The same meanings as crm/values/names.py.

const LEADING = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const SYLLABLES_A_LEADING = 588;
// A Korean keyboard joins ㄱ and ㅅ typed one after the other.
const CLUSTERS = { ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ" };
const KOREAN_FORMS = ["유한책임회사", "주식회사", "유한회사", "합자회사", "합명회사"];
const FORMS = new Set([
  ...KOREAN_FORMS, "co", "company", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "llc",
]);
const INVISIBLE = /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/gu;
const MOST = 5;

const isSyllable = (c) => c.codePointAt(0) >= FIRST_SYLLABLE && c.codePointAt(0) <= LAST_SYLLABLE;
const isKept = (c) => /[\p{L}\p{M}\p{N}+]/u.test(c);
const leadingOf = (c) => LEADING[Math.floor((c.codePointAt(0) - FIRST_SYLLABLE) / SYLLABLES_A_LEADING)];

export function clean(text) {
  const kept = text.replace(/\s/gu, " ").replace(INVISIBLE, "").replace(/[\p{Cc}\p{Cs}]/gu, "");
  return kept.normalize("NFC").split(/ +/).filter(Boolean).join(" ");
}

function loose(text) {
  const joined = text.normalize("NFC").toLowerCase();
  return [...joined].map((c) => {
    const code = c.codePointAt(0);
    const one = code >= 0x1100 && code < 0x1100 + LEADING.length ? LEADING[code - 0x1100] : c;
    return CLUSTERS[one] ?? one;
  }).join("");
}

export function initials(text) {
  return [...loose(text)].map((c) => (isSyllable(c) ? leadingOf(c) : c)).filter(isKept).join("");
}

export function isInitials(query) {
  const letters = [...loose(query)];
  return letters.some((c) => LEADING.includes(c)) && !letters.some((c) => isSyllable(c) || VOWELS.includes(c));
}

export function companyKey(name) {
  const bare = clean(name).replace(/[™℠®©]/gu, "").replace(/[ㆍᆞ]/gu, " ");
  const lower = bare.normalize("NFKC").toLowerCase().normalize("NFKC");
  const folded = lower.replace(/(?<![\p{L}\p{N}_])l\.\s?l\.\s?c(?![\p{L}\p{N}_])/gu, "llc");
  const words = wordsOf(folded.replace(/\(\s*(?:주|유)\s*\)/gu, " ")).map(withoutForm).filter(Boolean);
  return words.join("") || wordsOf(folded).join("") || folded.replaceAll(" ", "");
}

const wordsOf = (text) => [...text].map((c) => (isKept(c) ? c : " ")).join("").split(" ").filter(Boolean);

function withoutForm(word) {
  if (FORMS.has(word)) return "";
  let rest = word;
  for (const form of KOREAN_FORMS) {
    if (rest.startsWith(form)) rest = rest.slice(form.length);
    if (rest.endsWith(form)) rest = rest.slice(0, -form.length);
  }
  return rest;
}

// Of a row as the server gives it, [id, name, english, region, [alias, ...]], one with all by which it is found:
// [id, name, key, initials, english, region, [[alias, key, initials], ...]].
export function findable([id, name, english, region, aliases]) {
  const keyed = (text) => [text, companyKey(text), initials(companyKey(text))];
  return [id, ...keyed(name), english, region, aliases.map(keyed)];
}

// The rows of all parts by their keys, each company once: two parts that came at different times may both have one.
export function together(parts) {
  const rows = new Map(parts.flatMap((part) => part.rows).map((row) => [row[0], row]));
  return [...rows.values()].sort((one, other) => (one[2] < other[2] ? -1 : one[2] > other[2] ? 1 : 0));
}

// Rows that a phone has kept from before have no initials of aliases.
export function matching(companies, typed) {
  const text = clean(typed);
  if (!text) return [];
  const [isFound, key] = isInitials(text) ? [byInitials(text), initials(text)] : [byName(text), companyKey(text)];
  const found = companies.filter(isFound);
  const begins = (row) => (row[2].startsWith(key) || row[3].startsWith(key) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b)).slice(0, MOST);
}

function byInitials(text) {
  const letters = initials(text);
  const lower = text.toLowerCase();
  return (row) =>
    row[3].includes(letters) || row[1].toLowerCase().includes(lower) || row[6].some((alias) => alias[2]?.includes(letters));
}

function byName(text) {
  const key = companyKey(text);
  const lower = text.toLowerCase();
  return (row) =>
    row[2].includes(key) || row[4].toLowerCase().includes(lower) || row[6].some((alias) => alias[1].includes(key));
}

// The one company of just this name, as the server would find it.
export function named(companies, typed) {
  const key = companyKey(typed);
  const found = key ? companies.filter((row) => row[2] === key || row[6].some((alias) => alias[1] === key)) : [];
  return found.length === 1 ? found[0] : null;
}
