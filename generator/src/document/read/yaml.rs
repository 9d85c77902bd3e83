//! Reads YAML through `serde_yaml`'s deserializer.
//!
//! A visitor sees aliases as what they stand for, and tags of one's own (`!thing`) as an enum, so
//! the nodes come in the order in which [`Origin`] counts them.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{self, DeserializeSeed, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::build::{Builder, NodePath, ReadError};
use super::{MAX_DEPTH, Reading, diagnose, guard, syntax};
use crate::diagnostic::{At, Diagnostic};
use crate::document::{Node, Object, Value};
use crate::source::node_offsets::node_limit;
use crate::source::sources::text_start;
use crate::source::{Origin, Source};

/// Why the visitor itself stopped the reading.
#[derive(Clone, Copy)]
pub(super) enum Stop {
    /// Lists and maps are nested too deep at this node.
    TooDeep(Origin),
    /// Aliases stand for too many nodes.
    TooMany(Origin),
}

/// Reads the text of `source`, whose index is `index`.
pub(super) fn read(index: u16, source: &Source) -> Reading {
    if let Some(diagnostic) = guard::check(index, source) {
        return Reading {
            outcome: Err(Box::new(diagnostic)),
            faults: Vec::new(),
        };
    }
    let text = &source.text[text_start(&source.text)..];
    let limit = node_limit(text);
    let mut reader = Reader {
        text,
        limit,
        builder: Builder::new(index),
        stop: None,
        rounded: BTreeSet::new(),
    };
    let seed = NodeSeed {
        reader: &mut reader,
        node_path: NodePath::root(),
    };
    let outcome = match seed.deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(Node { value: Value::Null, .. }) => Err(Box::new(syntax::empty(index))),
        Ok(mut node) => {
            if !reader.rounded.is_empty() {
                restore(&mut node, &reader.rounded, source);
            }
            Ok(node)
        }
        Err(error) => Err(Box::new(match reader.stop {
            Some(Stop::TooDeep(origin)) => syntax::too_deep(At::Node(origin)),
            Some(Stop::TooMany(origin)) => syntax::alias_bomb(origin),
            None => diagnose::diagnose(index, source, &error, reader.builder.last()),
        })),
    };
    Reading {
        outcome,
        faults: reader.builder.faults,
    }
}

struct Reader<'text> {
    text: &'text str,
    limit: usize,
    builder: Builder,
    stop: Option<Stop>,
    /// Numbers with a point or an exponent that are so large that `f64` may not have all of their digits.
    rounded: BTreeSet<Origin>,
}

/// Gives the numbers at `rounded` the digits that they are written with.
fn restore(node: &mut Node, rounded: &BTreeSet<Origin>, source: &Source) {
    match &mut node.value {
        Value::Number(text) if rounded.contains(&node.origin) => {
            let mark = usize::try_from(node.origin.index)
                .ok()
                .and_then(|index| source.node_offsets().get(index));
            let written = mark.and_then(|mark| source.text.get(mark.offset..)).unwrap_or_default();
            let is_part = |character: char| character.is_ascii_digit() || "+-.eE".contains(character);
            let end = written.find(|character| !is_part(character)).unwrap_or(written.len());
            let written = written[..end].trim_start_matches('+');
            // YAML has notations that JSON has not.
            let is_same = |number: f64| text.parse() == Ok(number);
            if serde_json::from_str(written).is_ok_and(is_same) {
                written.clone_into(text);
            }
        }
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|element| restore(element, rounded, source)),
        Value::Object(members) => members.values_mut().for_each(|value| restore(value, rounded, source)),
        _ => {}
    }
}

impl Reader<'_> {
    fn take<E: de::Error>(&mut self) -> Result<Origin, E> {
        if self.builder.count() >= self.limit {
            self.stop = Some(Stop::TooMany(self.builder.last()));
            return Err(E::custom("too many nodes"));
        }
        Ok(self.builder.take())
    }

    /// Takes the origin of a list or a map.
    fn take_nest<E: de::Error>(&mut self, node_path: &NodePath<'_>) -> Result<Origin, E> {
        let origin = self.take()?;
        if node_path.depth() >= MAX_DEPTH {
            self.stop = Some(Stop::TooDeep(origin));
            return Err(E::custom("too deep"));
        }
        Ok(origin)
    }
}

/// Reads one node.
struct NodeSeed<'reader, 'text, 'way> {
    reader: &'reader mut Reader<'text>,
    node_path: NodePath<'way>,
}

impl NodeSeed<'_, '_, '_> {
    fn node<E: de::Error>(self, value: Value) -> Result<Node, E> {
        Ok(Node::new(self.reader.take()?, value))
    }
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_, '_, '_> {
    type Value = Node;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_, '_, '_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        self.node(Value::Null)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        self.node(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
        self.node(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Node, E> {
        self.node(Value::Number(value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Node, E> {
        self.node(Value::Number(value.to_string()))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Node, E> {
        self.node(Value::Number(value.to_string()))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Node, E> {
        self.node(Value::Number(value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let origin = self.reader.take()?;
        if value.abs() > EXACT {
            self.reader.rounded.insert(origin);
        }
        let Some(number) = serde_json::Number::from_f64(value) else {
            let message = "JSON has no infinite numbers and no NaN: `null` is read";
            let diagnostic = Diagnostic::warning("yaml-not-finite", origin, self.node_path.pointer(), message)
                .with_safe_reading()
                .with_help("write a finite number; if the text is meant, put it in quotes");
            self.reader.builder.faults.push(ReadError {
                within: origin,
                diagnostic,
            });
            return Ok(Node::new(origin, Value::Null));
        };
        Ok(Node::new(origin, Value::Number(number.to_string())))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
        self.node(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let Self { reader, node_path } = self;
        let origin = reader.take_nest(&node_path)?;
        let mut elements = Vec::new();
        loop {
            let node_path = node_path.element(elements.len());
            match access.next_element_seed(NodeSeed {
                reader: &mut *reader,
                node_path,
            })? {
                Some(element) => elements.push(element),
                None => return Ok(Node::new(origin, Value::Array(elements))),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let Self { reader, node_path } = self;
        let within = reader.take_nest(&node_path)?;
        let mut members = Object::default();
        let mut merges: Vec<Merge> = Vec::new();
        while let Some(key) = access.next_key_seed(KeySeed { reader: &mut *reader })? {
            let way_to_value = node_path.member(&key.text);
            let node = access.next_value_seed(NodeSeed {
                reader: &mut *reader,
                node_path: way_to_value,
            })?;
            if key.merges {
                if let Some(first) = merges.first() {
                    reader.builder.duplicate(within, &way_to_value, first.key, key.origin);
                }
                merges.push(Merge {
                    position: members.len(),
                    key: key.origin,
                    node,
                });
            } else {
                reader.builder.insert(&mut members, within, &node_path, key.text, node);
            }
        }
        // The last one first: its members count, and the positions of the others stay.
        for merge in merges.into_iter().rev() {
            reader.merge(&mut members, within, &node_path, merge);
        }
        Ok(Node::new(within, Value::Object(members)))
    }

    /// A node with a tag of one's own is read as if it had none.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (IgnoredAny, variant) = access.variant()?;
        variant.newtype_variant_seed(self)
    }
}

/// The text of a scalar key.
struct Key {
    text: String,
    origin: Origin,
    /// Whether it is the `<<` of a merge.
    merges: bool,
}

/// Reads a key: any scalar counts as its text, so that `200:` is `"200"`.
struct KeySeed<'reader, 'text> {
    reader: &'reader mut Reader<'text>,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_> {
    type Value = Key;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_, '_> {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a scalar as key")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Key, E> {
        Ok(Key {
            text: value.to_owned(),
            origin: self.reader.take()?,
            merges: false,
        })
    }

    /// Only a plain `<<` merges ([YAML 1.1 merge key](https://yaml.org/type/merge.html)); a quoted
    /// one has its quote before it in the text, which a plain one always borrows from.
    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Key, E> {
        let offset = value.as_ptr().addr().wrapping_sub(self.reader.text.as_ptr().addr());
        let before = self.reader.text.as_bytes().get(offset.wrapping_sub(1));
        let merges = value == "<<" && !matches!(before, Some(b'"' | b'\''));
        Ok(Key {
            text: value.to_owned(),
            origin: self.reader.take()?,
            merges,
        })
    }
}

/// What a `<<` brings in.
struct Merge {
    /// How many members stand before it.
    position: usize,
    key: Origin,
    node: Node,
}

impl Reader<'_> {
    /// Adds the members of the merged maps in the place of the `<<`.
    ///
    /// The object's own members win over merged ones, and earlier maps over later ones
    /// ([YAML 1.1 merge key](https://yaml.org/type/merge.html)).
    fn merge(&mut self, members: &mut Object, within: Origin, node_path: &NodePath<'_>, merge: Merge) {
        let behind = members.split_off(merge.position);
        let maps = match merge.node.value {
            Value::Array(maps) => maps,
            _ => vec![merge.node],
        };
        let mut sound = true;
        for map in maps {
            let Value::Object(merged) = map.value else {
                sound = false;
                continue;
            };
            for (key, node) in merged {
                if !behind.contains_key(&key) {
                    members.entry(key).or_insert(node);
                }
            }
        }
        members.extend(behind);
        if !sound {
            let message = "`<<` merges something else than a map or a list of maps, which is not read";
            let diagnostic =
                Diagnostic::warning("yaml-merge-key", merge.key, node_path.member("<<").pointer(), message)
                    .with_safe_reading()
                    .with_help(
                        "merge maps (`<<: *base` or `<<: [*a, *b]`); if a key named `<<` is meant, put it in quotes",
                    );
            self.builder.faults.push(ReadError { within, diagnostic });
        }
    }
}
