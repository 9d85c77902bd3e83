//! A table of the configuration, and what is wrong with it.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Error, Result, anyhow};
use toml_edit::{Array, Item, TableLike, Value};

/// A configuration as it was read: its name and its text, for messages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'text> {
    /// The path, as it is shown.
    pub(super) name: &'text str,
    /// The text.
    pub(super) text: &'text str,
}

impl Text<'_> {
    /// Returns an error about a part of the text.
    pub(super) fn fault(&self, span: Option<Range<usize>>, message: &str) -> Error {
        let Some(before) = span.and_then(|span| self.text.get(..span.start)) else {
            return anyhow!("{}: {message}", self.name);
        };
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        anyhow!("{}:{line}:{column}: {message}", self.name)
    }
}

/// A table whose keys are known.
pub(super) struct Section<'text> {
    text: Text<'text>,
    table: &'text dyn TableLike,
    /// How messages call the table.
    words: &'static str,
}

impl<'text> Section<'text> {
    /// Reads a table; a key that is none of the known ones is an error.
    pub(super) fn new(
        text: Text<'text>,
        table: &'text dyn TableLike,
        words: &'static str,
        known: &[&'static str],
    ) -> Result<Self> {
        if let Some((key, _)) = table.iter().find(|(key, _)| !known.contains(key)) {
            let span = table.key(key).and_then(toml_edit::Key::span);
            let help = match generator::unstable::nearest(key, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("its keys are {}", list(known)),
            };
            return Err(text.fault(span, &format!("there is no key `{key}` in {words}; {help}")));
        }
        Ok(Self { text, table, words })
    }

    /// Returns an error about the value of a key.
    pub(super) fn fault(&self, key: &str, message: &str) -> Error {
        let item = self.table.get(key);
        let span = item.and_then(Item::span).or_else(|| self.table.key(key)?.span());
        self.text.fault(span, message)
    }

    /// Returns the value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'text Item> {
        self.table.get(key)
    }

    /// Returns a text.
    pub(super) fn text(&self, key: &str) -> Result<Option<String>> {
        let Some(item) = self.get(key) else { return Ok(None) };
        let text = item.as_str().map(str::to_owned);
        text.map(Some).ok_or_else(|| self.wrong(key, "a string"))
    }

    /// Returns a text that has to be there.
    pub(super) fn required(&self, key: &str) -> Result<String> {
        let text = self.text(key)?;
        text.ok_or_else(|| {
            self.text.fault(
                self.first_span(),
                &format!("{} lacks the key `{key}`, a string", self.words),
            )
        })
    }

    /// Returns a list of texts; none is empty.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>> {
        let Some(item) = self.get(key) else {
            return Ok(Vec::new());
        };
        let texts = item.as_array().and_then(strings);
        texts.ok_or_else(|| self.wrong(key, "a list of strings"))
    }

    /// Returns a table of texts.
    pub(super) fn text_map(&self, key: &str) -> Result<BTreeMap<String, String>> {
        let entries = self.map(key, "a table of strings")?;
        let texts = entries.map(|(name, item)| {
            let text = item.as_str().map(str::to_owned);
            let text = text.ok_or_else(|| self.wrong(key, "a table of strings"))?;
            Ok((name.to_owned(), text))
        });
        texts.collect()
    }

    /// Returns a table whose values are written out as TOML.
    pub(super) fn toml_map(&self, key: &str) -> Result<BTreeMap<String, String>> {
        let entries = self.map(key, "a table of dependencies")?;
        let values = entries.map(|(name, item)| {
            let value = item.clone().into_value();
            let value = value.map_err(|_| self.wrong(key, "a table of dependencies"))?;
            Ok((name.to_owned(), in_one_line(value)))
        });
        values.collect()
    }

    fn map(&self, key: &str, expected: &str) -> Result<toml_edit::Iter<'text>> {
        match self.get(key).map(|item| item.as_table_like()) {
            None => Ok(Box::new(std::iter::empty())),
            Some(Some(table)) => Ok(table.iter()),
            Some(None) => Err(self.wrong(key, expected)),
        }
    }

    /// Returns the error of a value that is of the wrong type.
    pub(super) fn wrong(&self, key: &str, expected: &str) -> Error {
        self.fault(key, &format!("`{key}` has to be {expected}"))
    }

    /// Returns where the table starts, as far as it is known.
    fn first_span(&self) -> Option<Range<usize>> {
        let (key, _) = self.table.iter().next()?;
        self.table.key(key)?.span()
    }
}

/// Returns the texts of a list, if all of its elements are.
pub(super) fn strings(list: &Array) -> Option<Vec<String>> {
    list.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Writes a value in one line, with one space between its parts.
pub(super) fn in_one_line(value: Value) -> String {
    let mut value = value;
    lay_out(&mut value);
    value.decor_mut().clear();
    value.to_string()
}

fn lay_out(value: &mut Value) {
    match value {
        Value::Array(array) => {
            array.iter_mut().for_each(lay_out);
            array.set_trailing("");
            array.fmt();
        }
        Value::InlineTable(table) => {
            for (_, value) in table.iter_mut() {
                lay_out(value);
            }
            table.fmt();
        }
        _ => {}
    }
}

/// Lists keys for a message.
fn list(keys: &[&str]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    quoted.join(", ")
}
