//! Strings that match a regular expression.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use apicrate_runtime::codegen::Regex;
use regex_syntax::Parser;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::Maker;

/// How often a part is repeated beyond the least, unless the most is asked for.
const REPEATED: u32 = 4;

/// A pattern, to match and to make what matches; the latter where its parts are known.
struct Known {
    regex: Regex,
    hir: Option<Hir>,
}

thread_local! {
    static KNOWN: RefCell<BTreeMap<String, Rc<Known>>> = const { RefCell::new(BTreeMap::new()) };
}

fn known(pattern: &str) -> Rc<Known> {
    if let Some(known) = KNOWN.with_borrow(|known| known.get(pattern).cloned()) {
        return known;
    }
    let made = Rc::new(Known {
        regex: Regex::new(pattern),
        hir: Parser::new().parse(&without_assertions(pattern)).ok(),
    });
    KNOWN.with_borrow_mut(|known| known.insert(pattern.to_owned(), Rc::clone(&made)));
    made
}

/// Returns whether the pattern matches somewhere in the text.
#[must_use]
pub fn is_match(pattern: &str, text: &str) -> bool {
    known(pattern).regex.is_match(text)
}

impl Maker<'_, '_> {
    /// Returns a string that matches `pattern`; `None` where none was found.
    pub(super) fn matching(&mut self, pattern: &str) -> Option<String> {
        let known = known(pattern);
        let hir = known.hir.as_ref()?;
        for _ in 0..20 {
            let mut text = String::new();
            self.write(hir, &mut text);
            // What no anchor holds may stand between other things.
            if !pattern.starts_with('^') && self.random.chance(1, 4) {
                text.insert(0, 'x');
            }
            if !pattern.ends_with('$') && self.random.chance(1, 4) {
                text.push('x');
            }
            if known.regex.is_match(&text) {
                return Some(text);
            }
        }
        None
    }

    fn write(&mut self, hir: &Hir, text: &mut String) {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(class) => text.extend(self.one_of(class)),
            HirKind::Repetition(repetition) => {
                let near = repetition.min.saturating_add(REPEATED);
                let most = repetition.max.unwrap_or(near);
                let count = match self.random.below(4) {
                    0 if most <= 300 => most,
                    1 => repetition.min,
                    _ => {
                        let low = usize::try_from(repetition.min).unwrap_or_default();
                        let high = usize::try_from(most.min(near)).unwrap_or_default();
                        u32::try_from(self.random.between(low, high)).unwrap_or_default()
                    }
                };
                for _ in 0..count {
                    self.write(&repetition.sub, text);
                }
            }
            HirKind::Capture(capture) => self.write(&capture.sub, text),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part, text)),
            HirKind::Alternation(parts) => {
                let part = self.random.pick(parts);
                self.write(part, text);
            }
        }
    }

    fn one_of(&mut self, class: &Class) -> Option<char> {
        let ranges: Vec<(u32, u32)> = match class {
            Class::Unicode(class) => class
                .iter()
                .map(|range| (range.start().into(), range.end().into()))
                .collect(),
            Class::Bytes(class) => class
                .iter()
                .map(|range| (range.start().into(), range.end().into()))
                .collect(),
        };
        // Characters that can be printed, where there are any: `.` would be anything at all.
        let printed = |&(low, high): &(u32, u32)| (low.max(0x20), high.min(0x7E));
        let shown: Vec<(u32, u32)> = ranges.iter().map(printed).filter(|(low, high)| low <= high).collect();
        let ranges = if shown.is_empty() { ranges } else { shown };
        let &(low, high) = ranges.get(self.random.below(ranges.len()))?;
        let away = self.random.below(usize::try_from(high - low).unwrap_or_default() + 1);
        char::from_u32(low + u32::try_from(away).unwrap_or_default())
    }
}

/// Returns the pattern in the dialect of `regex-syntax`: classes of ASCII, and no assertion that looks around. What
/// such an assertion forbids is found by trying.
fn without_assertions(pattern: &str) -> String {
    let mut text = pattern.replace(r"\d", "[0-9]").replace(r"\w", "[0-9A-Za-z_]");
    for opening in ["(?!", "(?=", "(?<!", "(?<="] {
        while let Some(start) = text.find(opening) {
            let mut depth = 0_usize;
            let end = text[start..].char_indices().find(|(_, character)| {
                match character {
                    '(' => depth += 1,
                    ')' => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            match end {
                Some((length, _)) => text.replace_range(start..=start + length, ""),
                None => break,
            }
        }
    }
    text
}
