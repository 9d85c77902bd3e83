//! Schemas as the generator would emit them, made at run time out of JSON Schema.
//!
//! Statics come from leaks. A leaked schema cannot refer to itself, so a cycle is
//! written out to a bounded number of turns.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Mutex;

use apicrate_runtime::Number;
use apicrate_runtime::codegen::Regex;
use apicrate_runtime::codegen::{Format, Keyword, Matcher, Pattern, Schema, Types};
use serde_json::{Map, Value};

const FORMATS: &[Format] = &[
    Format::Date,
    Format::DateTime,
    Format::Time,
    Format::Duration,
    Format::Email,
    Format::Hostname,
    Format::Ipv4,
    Format::Ipv6,
    Format::Uri,
    Format::UriReference,
    Format::Iri,
    Format::IriReference,
    Format::UriTemplate,
    Format::Uuid,
    Format::JsonPointer,
    Format::RelativeJsonPointer,
];

/// Keywords that assert nothing, or nothing without another that reads them.
#[rustfmt::skip]
const SILENT: &[&str] = &[
    "$schema", "$id", "$comment", "$defs", "definitions", "$anchor", "then", "else", "minContains", "maxContains",
    "additionalItems", "default", "title", "description", "contentMediaType", "contentEncoding", "contentSchema",
    "dependencies", "unevaluatedProperties",
];

/// Lowers one document of JSON Schema.
pub(crate) struct Lowering<'d> {
    document: &'d Value,
    /// Draft 7 instead of 2020-12.
    draft7: bool,
    formats: bool,
    /// What references have led to, by pointer and turn.
    targets: RefCell<BTreeMap<(String, u32), &'static Schema>>,
}

impl<'d> Lowering<'d> {
    pub(crate) fn new(document: &'d Value) -> Self {
        Self {
            document,
            draft7: false,
            formats: true,
            targets: RefCell::default(),
        }
    }

    pub(crate) fn draft7(self) -> Self {
        Self { draft7: true, ..self }
    }

    pub(crate) fn without_formats(self) -> Self {
        Self { formats: false, ..self }
    }

    /// Lowers the document; the error names what this does not know.
    pub(crate) fn lower(&self) -> Result<&'static Schema, String> {
        Ok(leak(self.schema(self.document, 0)?))
    }

    fn schema(&self, value: &Value, turns: u32) -> Result<Schema, String> {
        let mut keywords = Vec::new();
        match value {
            Value::Bool(true) => {}
            Value::Bool(false) => keywords.push(Keyword::Never),
            Value::Object(members) => match members.get("$ref") {
                Some(target) if self.draft7 => keywords.push(self.reference(target, turns)?),
                _ => {
                    for (name, value) in members {
                        keywords.extend(self.keyword(members, name, value, turns)?);
                    }
                }
            },
            other => return Err(format!("{other} is no schema")),
        }
        Ok(Schema(keywords.leak()))
    }

    fn reference(&self, target: &Value, turns: u32) -> Result<Keyword, String> {
        const MOST_TURNS: u32 = 14;
        let target = text(target);
        let pointer = target.strip_prefix('#').ok_or(format!("$ref {target}"))?;
        let pointer = pointer.replace("%25", "%").replace("%22", "\"");
        if turns > MOST_TURNS {
            return Ok(Keyword::Reference(leak(Schema(&[]))));
        }
        let key = (pointer, turns);
        if let Some(known) = self.targets.borrow().get(&key) {
            return Ok(Keyword::Reference(known));
        }
        let value = match self.document.pointer(&key.0) {
            Some(value) => value,
            None => anchor(self.document, &key.0).ok_or(format!("$ref {target}"))?,
        };
        let schema = leak(self.schema(value, turns + 1)?);
        self.targets.borrow_mut().insert(key, schema);
        Ok(Keyword::Reference(schema))
    }

    fn boxed(&self, value: &Value, turns: u32) -> Result<&'static Schema, String> {
        Ok(leak(self.schema(value, turns)?))
    }

    fn list(&self, value: &Value, turns: u32) -> Result<&'static [&'static Schema], String> {
        let schemas: Result<Vec<_>, _> = value
            .as_array()
            .unwrap()
            .iter()
            .map(|value| self.boxed(value, turns))
            .collect();
        Ok(schemas?.leak())
    }

    fn named<K>(
        &self,
        value: &Value,
        turns: u32,
        key: impl Fn(&str) -> K,
    ) -> Result<&'static [(K, &'static Schema)], String>
    where
        K: 'static,
    {
        let schemas: Result<Vec<_>, String> = value
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| Ok((key(name), self.boxed(value, turns)?)))
            .collect();
        Ok(schemas?.leak())
    }

    fn keyword(
        &self,
        siblings: &Map<String, Value>,
        name: &str,
        value: &Value,
        turns: u32,
    ) -> Result<Vec<Keyword>, String> {
        let schema = |value: &Value| self.boxed(value, turns);
        let draft7 = self.draft7;
        Ok(vec![match name {
            "$ref" => self.reference(value, turns)?,
            "if" => Keyword::If {
                condition: schema(value)?,
                then: siblings.get("then").map(schema).transpose()?,
                otherwise: siblings.get("else").map(schema).transpose()?,
            },
            "allOf" => Keyword::AllOf(self.list(value, turns)?),
            "anyOf" => Keyword::AnyOf(self.list(value, turns)?),
            "oneOf" => Keyword::OneOf(self.list(value, turns)?),
            "not" => Keyword::Not(schema(value)?),
            "properties" => Keyword::Properties(self.named(value, turns, leak_text)?),
            "patternProperties" => Keyword::PatternProperties(self.named(value, turns, pattern)?),
            "additionalProperties" => Keyword::AdditionalProperties(schema(value)?),
            "propertyNames" => Keyword::PropertyNames(schema(value)?),
            "unevaluatedProperties" if !draft7 => Keyword::UnevaluatedProperties(schema(value)?),
            "unevaluatedItems" if !draft7 => Keyword::UnevaluatedItems(schema(value)?),
            "dependentSchemas" if !draft7 => Keyword::DependentSchemas(self.named(value, turns, leak_text)?),
            "dependencies" if draft7 => return self.dependencies(value, turns),
            "prefixItems" if !draft7 => Keyword::PrefixItems(self.list(value, turns)?),
            "items" if draft7 && value.is_array() => Keyword::PrefixItems(self.list(value, turns)?),
            "items" => Keyword::Items(schema(value)?),
            "additionalItems" if draft7 && siblings.get("items").is_some_and(Value::is_array) => {
                Keyword::Items(schema(value)?)
            }
            "contains" => Keyword::Contains {
                schema: schema(value)?,
                min: siblings.get("minContains").filter(|_| !draft7).map_or(1, whole),
                max: siblings.get("maxContains").filter(|_| !draft7).map(whole),
            },
            name if SILENT.contains(&name) => return Ok(Vec::new()),
            _ => match self.assertion(name, value)? {
                Some(keyword) => keyword,
                None => return Ok(Vec::new()),
            },
        }])
    }

    /// The keywords that ask for no schema.
    fn assertion(&self, name: &str, value: &Value) -> Result<Option<Keyword>, String> {
        let number = || leak_text(&value.to_string());
        Ok(Some(match name {
            "type" => Keyword::Type(types(value)),
            "enum" => {
                let texts: Vec<_> = value
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|value| leak_text(&value.to_string()))
                    .collect();
                Keyword::Enum(texts.leak())
            }
            "const" => Keyword::Const(number()),
            "pattern" => Keyword::Pattern(pattern(text(value))),
            "minLength" => Keyword::MinLength(whole(value)),
            "maxLength" => Keyword::MaxLength(whole(value)),
            "format" => {
                let known = FORMATS
                    .iter()
                    .find(|format| self.formats && format.name() == text(value));
                return Ok(known.copied().map(Keyword::Format));
            }
            "minimum" => Keyword::Minimum(number()),
            "maximum" => Keyword::Maximum(number()),
            "exclusiveMinimum" => Keyword::ExclusiveMinimum(number()),
            "exclusiveMaximum" => Keyword::ExclusiveMaximum(number()),
            "multipleOf" => Keyword::MultipleOf(number()),
            "required" => Keyword::Required(texts(value)),
            "minProperties" => Keyword::MinProperties(whole(value)),
            "maxProperties" => Keyword::MaxProperties(whole(value)),
            "dependentRequired" if !self.draft7 => {
                let lists: Vec<_> = value
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(name, names)| (leak_text(name), texts(names)))
                    .collect();
                Keyword::DependentRequired(lists.leak())
            }
            "minItems" => Keyword::MinItems(whole(value)),
            "maxItems" => Keyword::MaxItems(whole(value)),
            "uniqueItems" if value == &Value::Bool(true) => Keyword::UniqueItems,
            "uniqueItems" => return Ok(None),
            other => return Err(format!("keyword {other}")),
        }))
    }

    fn dependencies(&self, value: &Value, turns: u32) -> Result<Vec<Keyword>, String> {
        let (mut lists, mut schemas) = (Vec::new(), Vec::new());
        for (name, value) in value.as_object().unwrap() {
            if value.is_array() {
                lists.push((leak_text(name), texts(value)));
            } else {
                schemas.push((leak_text(name), self.boxed(value, turns)?));
            }
        }
        Ok(vec![
            Keyword::DependentRequired(lists.leak()),
            Keyword::DependentSchemas(schemas.leak()),
        ])
    }
}

fn leak(schema: Schema) -> &'static Schema {
    Box::leak(Box::new(schema))
}

fn leak_text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn texts(value: &Value) -> &'static [&'static str] {
    let texts: Vec<_> = value
        .as_array()
        .unwrap()
        .iter()
        .map(|value| leak_text(text(value)))
        .collect();
    texts.leak()
}

fn whole(value: &Value) -> u64 {
    Number::parse(&value.to_string())
        .and_then(|number| number.as_u64())
        .unwrap()
}

fn types(value: &Value) -> Types {
    let one = |name: &Value| match text(name) {
        "null" => Types::NULL,
        "boolean" => Types::BOOLEAN,
        "integer" => Types::INTEGER,
        "number" => Types::NUMBER,
        "string" => Types::STRING,
        "array" => Types::ARRAY,
        "object" => Types::OBJECT,
        other => panic!("{other} is no type"),
    };
    match value {
        Value::Array(names) => names.iter().map(one).reduce(Types::or).unwrap(),
        name => one(name),
    }
}

fn anchor<'d>(value: &'d Value, name: &str) -> Option<&'d Value> {
    match value {
        Value::Object(members) if members.get("$anchor").is_some_and(|anchor| anchor == name) => Some(value),
        Value::Object(members) => members.values().find_map(|value| anchor(value, name)),
        Value::Array(elements) => elements.iter().find_map(|value| anchor(value, name)),
        _ => None,
    }
}

/// The expressions behind [`ENGINES`]: a `fn` pointer has no room for one of its own.
static EXPRESSIONS: Mutex<Vec<(String, Regex)>> = Mutex::new(Vec::new());

fn ask<const SLOT: usize>(text: &str) -> bool {
    EXPRESSIONS.lock().unwrap()[SLOT].1.is_match(text)
}

macro_rules! engines {
    ($($tens:literal)*) => {
        &[$(
            ask::<{ $tens * 10 }>, ask::<{ $tens * 10 + 1 }>, ask::<{ $tens * 10 + 2 }>, ask::<{ $tens * 10 + 3 }>,
            ask::<{ $tens * 10 + 4 }>, ask::<{ $tens * 10 + 5 }>, ask::<{ $tens * 10 + 6 }>, ask::<{ $tens * 10 + 7 }>,
            ask::<{ $tens * 10 + 8 }>, ask::<{ $tens * 10 + 9 }>,
        )*]
    };
}

const ENGINES: &[fn(&str) -> bool] = engines!(0 1 2 3 4 5 6 7 8 9 10 11);

fn pattern(source: &str) -> Pattern {
    let mut expressions = EXPRESSIONS.lock().unwrap();
    let known = expressions.iter().position(|(known, _)| known == source);
    let slot = known.unwrap_or_else(|| {
        expressions.push((source.to_owned(), Regex::new(source)));
        expressions.len() - 1
    });
    Pattern {
        source: leak_text(source),
        matcher: Matcher::Engine(ENGINES[slot]),
    }
}
