// A text as a search compares it: the same rules as FoldedText.cs, which folded the names in the page.

const LETTERS = {
  æ: "ae", œ: "oe", ß: "ss", þ: "th", ð: "d", ø: "o", đ: "d", ħ: "h", ı: "i", ł: "l", ґ: "г",
  ٱ: "ا", ى: "ي", ی: "ي", ة: "ه", ک: "ك",
};

export function fold(text) {
  const letters = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{Mn}\p{Me}\p{Cf}\u0640]/gu, "")
    .replace(/[æœßþðøđħıłґٱىیةک]/gu, (letter) => LETTERS[letter])
    .replace(/[\u0660-\u0669]/gu, (digit) => String(digit.codePointAt(0) - 0x0660))
    .replace(/[\u06F0-\u06F9]/gu, (digit) => String(digit.codePointAt(0) - 0x06f0))
    .replace(/[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{Lm}\p{Nd}]+/gu, " ")
    // Chinese has no blanks between words, so each character is one.
    .replace(/\p{Script=Han}/gu, " $& ");
  return ` ${letters} `.replace(/ +/gu, " ").replace(/ ال(?=[^ ]{3})/gu, " ");
}

// The phrases that a name must contain, each from the start of a word.
export function foldQuery(text) {
  return text
    .split(/\s+/u)
    .map((part) => fold(part).trimEnd())
    .filter((phrase) => phrase !== "");
}
