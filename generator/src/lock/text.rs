//! The text of a lock.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use toml_edit::{Document, Item, Key, TableLike, Value};

use super::{LockedOperation, NamesLock, split};
use crate::names;

/// What every lock starts with.
const START: &str = "\
# The names of the crate, by what they stand for in the document: the generator reads them, and adds those that are new.
# A line that is removed or changed changes the name for whoever calls the crate. To rename a type and keep its former
# path as a deprecated alias, add a line to [aliases]: \"schemas::Former\" = \"schemas::New\".
";

/// The tables of texts, in the order of the file.
const TABLES: [&str; 5] = ["schemas", "parameters", "variants", "aliases", "removed"];

/// The table of operations, and the keys of a line of it.
const OPERATIONS: &str = "operations";
const OPERATION_KEYS: [&str; 3] = ["at", "function", "request"];

/// What is wrong with the text of a lock.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamesLockError {
    /// The bytes of the text at fault, if a part of it is.
    pub span: Option<Range<usize>>,
    /// What was found, and what is expected.
    pub message: String,
}

impl std::fmt::Display for NamesLockError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for NamesLockError {}

impl NamesLock {
    /// Reads the text of a lock.
    ///
    /// # Errors
    ///
    /// If it is not TOML, has a table or a key that no lock has, or a path that is none.
    pub fn parse(text: &str) -> Result<Self, NamesLockError> {
        let document = Document::parse(text).map_err(|error| NamesLockError {
            span: error.span(),
            message: error.message().to_owned(),
        })?;
        let mut lock = Self::default();
        for (name, item) in document.as_table() {
            let fault = |message: String| NamesLockError {
                span: document
                    .as_table()
                    .key(name)
                    .and_then(Key::span)
                    .or_else(|| item.span()),
                message,
            };
            let Some(table) = item.as_table_like() else {
                return Err(fault(format!("`{name}` is no table of a names lock")));
            };
            if name == OPERATIONS {
                lock.operations = operations(table)?;
                continue;
            }
            let Some(target) = lock.table_mut(name) else {
                let tables = TABLES.join("], [");
                return Err(fault(format!(
                    "there is no table [{name}] in a names lock; its tables are [{OPERATIONS}], [{tables}]"
                )));
            };
            *target = texts(table, name != "variants" && name != "removed")?;
            if name == "aliases" {
                check_formers(table)?;
            }
        }
        Ok(lock)
    }

    fn table_mut(&mut self, name: &str) -> Option<&mut BTreeMap<String, String>> {
        match name {
            "schemas" => Some(&mut self.schemas),
            "parameters" => Some(&mut self.parameters),
            "variants" => Some(&mut self.variants),
            "aliases" => Some(&mut self.aliases),
            "removed" => Some(&mut self.removed),
            _ => None,
        }
    }
}

/// Writes the text of the lock, sorted, with a line for each name.
impl std::fmt::Display for NamesLock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(START)?;
        if !self.operations.is_empty() {
            write!(formatter, "\n[{OPERATIONS}]\n")?;
        }
        for (key, locked) in &self.operations {
            let values = [&locked.at, &locked.function, &locked.request];
            let fields = OPERATION_KEYS.iter().zip(values);
            let fields: Vec<String> = fields
                .map(|(name, value)| format!("{name} = {}", quoted(value)))
                .collect();
            writeln!(formatter, "{} = {{ {} }}", quoted(key), fields.join(", "))?;
        }
        let tables = [
            &self.schemas,
            &self.parameters,
            &self.variants,
            &self.aliases,
            &self.removed,
        ];
        for (name, table) in TABLES.iter().zip(tables) {
            if !table.is_empty() {
                write!(formatter, "\n[{name}]\n")?;
            }
            for (key, path) in table {
                writeln!(formatter, "{} = {}", quoted(key), quoted(path))?;
            }
        }
        Ok(())
    }
}

/// Returns a basic string ([TOML 1.0, String](https://toml.io/en/v1.0.0#string)).
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            // Marks that change the direction of a line would show another line than the one that is read.
            control
                if control.is_control()
                    || matches!(control, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn operations(table: &dyn TableLike) -> Result<BTreeMap<String, LockedOperation>, NamesLockError> {
    let mut found = BTreeMap::new();
    for (key, item) in table.iter() {
        let fault = |message: &str| NamesLockError {
            span: item.span(),
            message: format!("the operation {key:?} {message}"),
        };
        let fields = item
            .as_table_like()
            .ok_or_else(|| fault("wants { at, function, request }"))?;
        if let Some((other, _)) = fields.iter().find(|(name, _)| !OPERATION_KEYS.contains(name)) {
            return Err(fault(&format!(
                "has a key `{other}` that is none of at, function, request"
            )));
        }
        let text = |name: &str| fields.get(name).and_then(Item::as_str).map(str::to_owned);
        let (Some(at), Some(function), Some(request)) = (text("at"), text("function"), text("request")) else {
            return Err(fault("wants { at, function, request }, each a string"));
        };
        if !is_path(&function) || !is_name(&request) {
            return Err(fault("has a name that is no identifier of Rust"));
        }
        found.insert(key.to_owned(), LockedOperation { at, function, request });
    }
    Ok(found)
}

/// Reads a table of names or, if `are_paths` is set, of paths.
fn texts(table: &dyn TableLike, are_paths: bool) -> Result<BTreeMap<String, String>, NamesLockError> {
    let mut found = BTreeMap::new();
    for (key, item) in table.iter() {
        let fault = |message: &str| NamesLockError {
            span: item.span(),
            message: format!("{key:?} {message}"),
        };
        let text = item.as_value().and_then(Value::as_str);
        let text = text.ok_or_else(|| fault("wants a string, the name in the crate"))?;
        let is_right = if are_paths {
            is_path(text)
        } else {
            text.split("::").all(is_name)
        };
        if !is_right {
            return Err(fault(
                "wants a path of Rust from the root of the crate, such as \"schemas::Pet\"",
            ));
        }
        found.insert(key.to_owned(), text.to_owned());
    }
    Ok(found)
}

/// Checks the former paths of the table of aliases.
fn check_formers(table: &dyn TableLike) -> Result<(), NamesLockError> {
    let is_wrong = |(former, _): &(&str, &Item)| !is_path(former);
    match table.iter().find(is_wrong) {
        Some((former, item)) => Err(NamesLockError {
            span: table.key(former).and_then(Key::span).or_else(|| item.span()),
            message: format!("{former:?} is no path of Rust that an item can have, such as \"schemas::Pet\""),
        }),
        None => Ok(()),
    }
}

/// Returns whether a text is the path of an item in a module, and hides nothing that emitted code names without a path.
fn is_path(text: &str) -> bool {
    let is_free = |(_, name): (&str, &str)| !names::is_reserved_type(name);
    split(text).is_some_and(is_free) && text.split("::").all(is_name)
}

fn is_name(text: &str) -> bool {
    names::is_identifier(text)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{LockedOperation, NamesLock};

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let table = |entries: &[(&str, &str)]| -> BTreeMap<String, String> {
            entries
                .iter()
                .map(|(key, path)| ((*key).to_owned(), (*path).to_owned()))
                .collect()
        };
        let at = "GET /pets/{id}".to_owned();
        let operation = LockedOperation::new(at, "operations::pets::get".to_owned(), "GetPet".to_owned());
        let lock = NamesLock {
            operations: BTreeMap::from([("get \"a\\b\"".to_owned(), operation)]),
            schemas: table(&[
                ("Pet#/properties/a~1b", "schemas::PetAB"),
                ("\u{202e}x\n", "schemas::X"),
            ]),
            parameters: table(&[("id ^[0-9]\\d$", "ids::Id")]),
            variants: table(&[("Pet#/oneOf/[Cat]", "Cat")]),
            aliases: table(&[("schemas::Old", "schemas::New")]),
            removed: table(&[("schema Dog", "schemas::Dog")]),
        };
        let text = lock.to_string();
        assert_eq!(NamesLock::parse(&text), Ok(lock));
        assert!(!text.contains('\u{202e}'));
        assert_eq!(
            NamesLock::parse(&NamesLock::default().to_string()),
            Ok(NamesLock::default())
        );
    }

    #[test]
    fn what_no_lock_has_is_an_error() {
        let table = [
            ("[schema]\n", "there is no table [schema]"),
            ("schemas = 1\n", "no table"),
            ("[schemas]\na = 1\n", "wants a string"),
            ("[schemas]\na = \"Pet\"\n", "wants a path"),
            ("[schemas]\na = \"schemas::a b\"\n", "wants a path"),
            ("[operations]\nget = 1\n", "wants { at, function, request }"),
            (
                "[operations]\nget = { at = \"a\" }\n",
                "wants { at, function, request }",
            ),
            (
                "[operations]\nget = { at = \"a\", function = \"operations::a::b\", request = \"fn\" }\n",
                "no identifier",
            ),
            ("[aliases]\n\"schemas::fn\" = \"schemas::Pet\"\n", "no path of Rust"),
            ("[aliases]\n\"schemas::Option\" = \"schemas::Pet\"\n", "no path of Rust"),
            ("[schemas]\nPet = \"schemas::Option\"\n", "wants a path"),
            ("[schemas\n", ""),
        ];
        for (text, message) in table {
            let error = NamesLock::parse(text).unwrap_err();
            assert!(
                error.message.contains(message) && error.span.is_some(),
                "{text}: {error:?}"
            );
        }
    }
}
