//! Reads JSON ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)).

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};

use super::build::{Builder, NodePath};
use super::{MAX_DEPTH, Reading, syntax};
use crate::diagnostic::{At, Diagnostic};
use crate::document::{Node, Object, Value};
use crate::source::Source;
use crate::source::node_offsets;
use crate::source::sources::text_start;

/// Why reading stopped.
enum Stop {
    /// The text is no JSON.
    Syntax(JsonErrorType, usize),
    /// Lists and maps are nested too deep at this node.
    TooDeep(At),
}

impl From<JiterError> for Stop {
    fn from(error: JiterError) -> Self {
        let kind = match error.error_type {
            JiterErrorType::JsonError(kind) => kind,
            // Only asking for a known type makes this, and every value is peeked at first.
            JiterErrorType::WrongType { .. } => JsonErrorType::ExpectedSomeValue,
        };
        Self::Syntax(kind, error.index)
    }
}

/// Reads the text of `source`, whose index is `index`.
pub(super) fn read(index: u16, source: &Source) -> Reading {
    let start = text_start(&source.text);
    let mut reader = Reader {
        jiter: Jiter::new(&source.text.as_bytes()[start..]),
        builder: Builder::new(index),
    };
    let outcome = reader.document().map_err(|stop| match stop {
        Stop::TooDeep(at) => Box::new(syntax::too_deep(at)),
        Stop::Syntax(kind, offset) => {
            let (line, column) = source.position(fault_offset(&kind, &source.text, start + offset));
            Box::new(syntax_error(
                &kind,
                At::Position {
                    source: index,
                    line,
                    column,
                },
            ))
        }
    });
    Reading {
        outcome,
        faults: reader.builder.faults,
    }
}

struct Reader<'text> {
    jiter: Jiter<'text>,
    builder: Builder,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Node, Stop> {
        let peek = self.jiter.peek()?;
        let node = self.value(peek, &NodePath::root())?;
        self.jiter.finish()?;
        Ok(node)
    }

    fn value(&mut self, peek: Peek, node_path: &NodePath<'_>) -> Result<Node, Stop> {
        let origin = self.builder.take();
        let nests = matches!(peek, Peek::Array | Peek::Object);
        if nests && node_path.depth() >= MAX_DEPTH {
            return Err(Stop::TooDeep(At::Node(origin)));
        }
        let value = match peek {
            Peek::Null => {
                self.jiter.known_null()?;
                Value::Null
            }
            Peek::True | Peek::False => Value::Bool(self.jiter.known_bool(peek)?),
            Peek::String => Value::String(self.jiter.known_str()?.to_owned()),
            Peek::Array => Value::Array(self.elements(node_path)?),
            Peek::Object => Value::Object(self.members(node_path)?),
            _ if peek.is_num() => {
                let text = self.jiter.known_number_bytes(peek)?;
                Value::Number(String::from_utf8_lossy(text).into_owned())
            }
            _ => {
                return Err(Stop::Syntax(
                    JsonErrorType::ExpectedSomeValue,
                    self.jiter.current_index(),
                ));
            }
        };
        Ok(Node::new(origin, value))
    }

    fn elements(&mut self, node_path: &NodePath<'_>) -> Result<Vec<Node>, Stop> {
        let mut elements = Vec::new();
        let mut next = self.jiter.known_array()?;
        while let Some(peek) = next {
            elements.push(self.value(peek, &node_path.element(elements.len()))?);
            next = self.jiter.array_step()?;
        }
        Ok(elements)
    }

    fn members(&mut self, node_path: &NodePath<'_>) -> Result<Object, Stop> {
        let within = self.builder.last();
        let mut members = Object::default();
        let mut next = self.jiter.known_object()?.map(str::to_owned);
        while let Some(key) = next {
            self.builder.take();
            let peek = self.jiter.peek()?;
            let node = self.value(peek, &node_path.member(&key))?;
            self.builder.insert(&mut members, within, node_path, key, node);
            next = self.jiter.next_key()?.map(str::to_owned);
        }
        Ok(members)
    }
}

/// Returns where the fault stands that the parser came upon at `offset`: it may have read on.
fn fault_offset(kind: &JsonErrorType, text: &str, offset: usize) -> usize {
    use JsonErrorType as Kind;
    let before = text.get(..offset).unwrap_or(text).trim_end();
    let token = || {
        node_offsets::of_json(text)
            .iter()
            .rev()
            .map(|mark| mark.offset)
            .find(|start| *start <= offset)
    };
    match kind {
        Kind::TrailingComma => before.rfind(',').unwrap_or(offset),
        // What is missing belongs behind what stands before it, be that on another line.
        Kind::ExpectedListCommaOrEnd
        | Kind::ExpectedObjectCommaOrEnd
        | Kind::EofWhileParsingList
        | Kind::EofWhileParsingObject
        | Kind::EofWhileParsingValue => before.len(),
        Kind::EofWhileParsingString
        | Kind::InvalidNumber
        | Kind::NumberOutOfRange
        | Kind::ExpectedSomeIdent
        | Kind::ExpectedSomeValue => token().unwrap_or(offset),
        _ => offset,
    }
}

fn syntax_error(kind: &JsonErrorType, at: At) -> Diagnostic {
    let (found, help) = words(kind);
    Diagnostic::error_at("json-syntax", at, format!("this is not JSON: {found}")).with_help(help)
}

/// Says what was found, and what would help.
fn words(kind: &JsonErrorType) -> (&'static str, &'static str) {
    use JsonErrorType as Kind;
    match kind {
        Kind::EofWhileParsingList => ("the text ends inside of an array", "close the array with `]`"),
        Kind::EofWhileParsingObject => ("the text ends inside of an object", "close the object with `}`"),
        Kind::EofWhileParsingString => ("the text ends inside of a string", "close the string with `\"`"),
        Kind::EofWhileParsingValue => ("the text ends where a value belongs", "the file may have been cut off"),
        Kind::ExpectedColon => ("expected `:` behind the key", "write a member as `\"key\": value`"),
        Kind::ExpectedListCommaOrEnd => ("expected `,` or `]`", "put a comma between the elements"),
        Kind::ExpectedObjectCommaOrEnd => ("expected `,` or `}`", "put a comma between the members"),
        Kind::TrailingComma => ("a comma behind the last element or member", "remove the comma"),
        Kind::KeyMustBeAString => ("a key that is no string", "write the key in double quotes"),
        Kind::TrailingCharacters => (
            "more text behind the end of the value",
            "a JSON text is one value: remove the rest",
        ),
        Kind::InvalidNumber => (
            "an invalid number",
            "a number has no leading zeros, no `+` and no bare `.`",
        ),
        Kind::NumberOutOfRange => ("a number with over 4,300 digits", "round the number"),
        Kind::ControlCharacterWhileParsingString => (
            "a control character in a string",
            "write it as an escape, such as `\\n` for a line break",
        ),
        Kind::InvalidEscape => ("an unknown escape in a string", "write a backslash as `\\\\`"),
        Kind::LoneLeadingSurrogateInHexEscape | Kind::UnexpectedEndOfHexEscape => (
            "half of a surrogate pair in a string",
            "write the character itself, or both halves of the pair",
        ),
        _ => (
            "expected a value",
            "a value is an object, an array, a string, a number, true, false or null; \
            JSON has no comments and no single quotes",
        ),
    }
}
