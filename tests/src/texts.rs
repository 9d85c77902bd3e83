//! Texts that are hard to send.

/// Texts that mean something within a URL, or look like what does, and texts of many scripts.
const WRITTEN: [&str; 57] = [
    " ",
    "a b",
    "/",
    "//",
    "a/../b",
    "../rows",
    "?",
    "?a=b",
    "#",
    "#a",
    "%",
    "%2F",
    "%2f",
    "%2e",
    "%2e%2e",
    "%2E%2E",
    "%25",
    "%00",
    "%zz",
    "+",
    "a+b",
    "\"",
    "'",
    "`",
    "\\",
    "..\\",
    "...",
    ".a",
    "a.",
    "a;b=c",
    "a&b=c",
    "!$&'()*+,;=:@",
    "[]{}<>|^~",
    "é",
    "e\u{301}",
    "ß",
    "漢字",
    "ひらがな",
    "한국어",
    "שלום",
    "😀",
    "👩\u{200d}👩\u{200d}👧",
    "\u{feff}",
    "\u{202e}x",
    "\u{85}",
    "\u{2028}",
    "\u{10ffff}",
    "\"a\"",
    "-._~",
    ":",
    "@",
    "a:b@c",
    ";a=b",
    "!$&'()*+,;=",
    "[]",
    "{text}",
    "<>|^",
];

/// Returns texts that are no less an argument than any other: hard ones, and every ASCII character within a text.
#[must_use]
pub fn hard() -> Vec<String> {
    let controls = (0..0x20).chain([0x7f]).filter_map(char::from_u32);
    let printable = (' '..='~').map(|character| format!("x{character}y"));
    let controls = controls.map(|character| format!("a{character}b"));
    let written = WRITTEN.into_iter().map(str::to_owned);
    written.chain(controls).chain(printable).collect()
}
