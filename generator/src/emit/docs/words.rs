//! Words of prose: what has to be escaped in them, what reads as code, and where lines are broken.

use crate::emit::docs::html::BREAK;
use crate::emit::docs::markdown::NO_BREAK;

/// Returns a text without what would hide or turn it: control characters, and those that change the direction.
pub(in crate::emit) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    text.chars()
        .map(|character| match character {
            '\n' => '\n',
            BREAK | NO_BREAK => ' ',
            other if other.is_control() || is_bidi(other) => ' ',
            other => other,
        })
        .collect()
}

/// Characters that would show the text in another order than it stands.
pub(in crate::emit) fn is_bidi(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether an address has a scheme, so that it leads somewhere from anywhere.
pub(in crate::emit) fn is_absolute(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, rest)| {
        let is_scheme = |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(is_scheme)
            && !rest.is_empty()
            && !rest.starts_with(':')
    })
}

/// Returns text so that Markdown takes it for nothing else; names of code become code, addresses links.
pub(in crate::emit) fn escape(text: &str, is_linked: bool, in_table: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for part in text.split_inclusive([' ', '\n', BREAK]) {
        let word = part.trim_end_matches([' ', '\n', BREAK]);
        push_word(word, is_linked, in_table, &mut escaped);
        let after = part[word.len()..].chars();
        escaped.extend(after.map(|sign| if sign == '\n' { ' ' } else { sign }));
    }
    escaped
}

fn push_word(word: &str, is_linked: bool, in_table: bool, escaped: &mut String) {
    let schemes = ["http://", "https://"].iter().filter(|_| word.contains(':'));
    let start = schemes.filter_map(|scheme| word.find(scheme)).min();
    if let Some(start) = start.filter(|_| !is_linked) {
        let (before, address) = word.split_at(start);
        let end = address.find(['<', '>', '`', '"', '|']).unwrap_or(address.len());
        let (address, after) = address.split_at(end_of_address(&address[..end]));
        if address.len() > "https://".len() {
            push_letters(before, in_table, escaped);
            escaped.extend(["<", address, ">"]);
            return push_letters(after, in_table, escaped);
        }
    }
    let core = word.trim_matches(|character: char| !character.is_alphanumeric());
    if is_code(core) {
        let (before, after) = word.split_once(core).unwrap_or(("", ""));
        push_letters(before, in_table, escaped);
        escaped.extend(["`", core, "`"]);
        return push_letters(after, in_table, escaped);
    }
    push_letters(word, in_table, escaped);
}

/// Returns where an address ends, but for the punctuation of the sentence that it stands in.
fn end_of_address(text: &str) -> usize {
    let mut address = text;
    while let Some(last) = address.chars().last() {
        let is_unpaired = |open, close| last == close && address.matches(close).count() > address.matches(open).count();
        if ".,;:!?'*".contains(last) || is_unpaired('(', ')') || is_unpaired('[', ']') || is_unpaired('{', '}') {
            address = &address[..address.len() - last.len_utf8()];
        } else {
            break;
        }
    }
    address.len()
}

/// Escapes the characters of a word that mean something in Markdown.
fn push_letters(word: &str, in_table: bool, escaped: &mut String) {
    let mut before = None;
    let mut rest = word.chars().peekable();
    while let Some(character) = rest.next() {
        let after = rest.peek().copied();
        let is_within = [before, after]
            .iter()
            .all(|side| side.is_some_and(char::is_alphanumeric));
        let means_something = match character {
            '`' | '[' | ']' | '<' => true,
            '*' => before.is_some() || after.is_some(),
            '_' => !is_within,
            '~' => before == Some('~') || after == Some('~'),
            '\\' => after.is_none_or(|after| after.is_ascii_punctuation()),
            '&' => word.contains(';'),
            '|' => in_table,
            _ => false,
        };
        if means_something {
            escaped.push('\\');
        }
        escaped.push(character);
        before = Some(character);
    }
}

/// Returns whether a word reads as a name of code, as clippy's `doc_markdown` sees it.
fn is_code(word: &str) -> bool {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let singular = word.strip_suffix('s').unwrap_or(word);
    let capitals = singular.chars().filter(|character| character.is_uppercase()).count();
    let starts_small = word.starts_with(char::is_lowercase);
    let is_camel = singular.chars().all(char::is_alphanumeric)
        && singular.chars().any(char::is_lowercase)
        && !word.starts_with(|first: char| first.is_ascii_digit())
        && (capitals > 1 || (capitals > 0 && starts_small));
    let is_snake = word.contains('_')
        && word.contains(char::is_alphanumeric)
        && !word.contains(['`', '[', ']', '|', '<', '>', '\\', '*']);
    let is_path = word.contains("::") && word.chars().all(|character| is_name(character) || character == ':');
    is_camel || is_snake || is_path
}

/// Returns the lines of a text, none longer than `width` where it can be broken. Of the first one, `taken` columns have
/// other text.
pub(in crate::emit) fn wrap(text: &str, width: usize, taken: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for segment in text.split(BREAK) {
        let words: Vec<&str> = segment.split(' ').filter(|word| !word.is_empty()).collect();
        let Some((first, others)) = words.split_first() else {
            continue;
        };
        if let Some(line) = lines.last_mut() {
            line.push('\\');
        }
        lines.push(at_start(first));
        for word in others {
            let before = if lines.len() == 1 { taken } else { 0 };
            let Some(line) = lines.last_mut() else { break };
            if before + line.chars().count() + 1 + word.chars().count() > width {
                lines.push(at_start(word));
            } else {
                line.push(' ');
                line.push_str(word);
            }
        }
    }
    lines
}

/// Returns the first word of a line, so that no block starts with it.
fn at_start(word: &str) -> String {
    let is_sign = |character: char| "-:|=+#*".contains(character);
    let number = word.strip_suffix(['.', ')']);
    let is_number =
        number.is_some_and(|number| !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit()));
    if let Some(number) = number.filter(|_| is_number) {
        return format!("{number}\\{}", &word[number.len()..]);
    }
    if word.chars().all(is_sign) || word.starts_with(['>', '|']) || word.starts_with("~~~") {
        return format!("\\{word}");
    }
    word.to_owned()
}
