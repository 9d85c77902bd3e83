//! Mutations of texts, whatever their structure.

use crate::hostile;
use crate::random::Random;

/// What means something to YAML or JSON.
const MARKS: &[&str] = &[
    ":",
    ": ",
    "- ",
    "? ",
    "# ",
    "&a ",
    "*a",
    "<<: *a\n",
    "!!binary ",
    "!!str ",
    "!x ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "|\n",
    ">\n",
    "|-9\n",
    "%YAML 1.2\n",
    "---\n",
    "...\n",
    "\t",
    "\r",
    "\r\n",
    "\u{feff}",
    "\0",
    "\\",
    "\\u0000",
    "\\ud800",
    "~",
    "null",
    "@",
    "`",
    "=",
    "0x10",
    "0o7",
    ".inf",
    "-.inf",
    ".nan",
    "1_000",
    "0b1",
    "2001-01-01",
    "yes",
    "Infinity",
    "-",
    "1e",
    "01",
    "//",
    "/*",
];

/// Changes a text at a few random places.
#[must_use]
pub fn mutate(text: &str, random: &mut Random) -> String {
    let mut changed = text.to_owned();
    for _ in 0..=random.below(4) {
        changed = once(&changed, random);
    }
    changed
}

fn once(text: &str, random: &mut Random) -> String {
    let at = place(text, random);
    let (before, after) = text.split_at(at);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = random.below(lines.len());
    match random.below(14) {
        0 => before.to_owned(),
        1 => after.to_owned(),
        2 | 3 => [before, random.pick(MARKS).copied().unwrap_or_default(), after].concat(),
        4 => {
            let rest = after.chars().next().map_or(0, char::len_utf8);
            [before, random.pick(MARKS).copied().unwrap_or_default(), &after[rest..]].concat()
        }
        5 => {
            // A flipped bit of an ASCII character gives another one.
            let letter = after
                .chars()
                .next()
                .filter(char::is_ascii)
                .and_then(|letter| u8::try_from(letter).ok());
            let flipped = letter.map(|letter| char::from((letter ^ (1 << random.below(7))) & 0x7f));
            let rest = usize::from(flipped.is_some());
            format!(
                "{before}{}{}",
                flipped.map(String::from).unwrap_or_default(),
                &after[rest..]
            )
        }
        6 => [before, &hostile::string(random), after].concat(),
        change @ 7..12 if !lines.is_empty() => change_line(lines, line, change, random),
        12 => {
            let (open, close) = [
                ("[", "]"),
                ("{a: ", "}"),
                ("{\"a\":", "}"),
                ("- ", ""),
                ("? ", ""),
                ("[[", ""),
            ]
            .get(random.below(6))
            .copied()
            .unwrap_or_default();
            let depth = [10, 100, 1000, 50_000]
                .get(random.below(4))
                .copied()
                .unwrap_or_default();
            [before, &open.repeat(depth), "1", &close.repeat(depth), after].concat()
        }
        _ => {
            let end = at + place(after, random);
            [before, &text[at..end], &text[at..end], &text[end..]].concat()
        }
    }
}

/// Changes one of the lines: removes, repeats, swaps or indents it, or takes a space away.
fn change_line(lines: Vec<&str>, line: usize, change: usize, random: &mut Random) -> String {
    let indented;
    let mut lines = lines;
    match change {
        7 => {
            lines.remove(line);
        }
        8 => lines.insert(line, lines[line]),
        9 => {
            let other = random.below(lines.len());
            lines.swap(line, other);
        }
        10 => {
            let indent = [" ", "  ", "\t"].get(random.below(3)).copied().unwrap_or_default();
            indented = format!("{indent}{}", lines[line]);
            lines[line] = &indented;
        }
        _ => lines[line] = lines[line].strip_prefix(' ').unwrap_or(lines[line]),
    }
    lines.concat()
}

/// Chooses a place between two characters.
fn place(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
