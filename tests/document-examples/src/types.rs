//! The type that a schema became: one with a name, that of a property, parameter or header, or one that these make up.

use std::collections::BTreeMap;

use generator::unstable::{Api, Docs, Integer, Node, Origin, Presence, Shape, Stages, Type};
use generator::{Output, Pointer};

use crate::find::{at, reference, settle};

/// The keywords beside which a schema means more than its `type`.
const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// The type of any JSON value, as programs have it.
pub(crate) const ANY: &str = "krate::runtime::Json";

/// The types of a document, as programs write them that call its crate `krate`.
#[derive(Debug)]
pub(crate) struct Types<'d> {
    document: &'d Node,
    is_3_0: bool,
    /// The types of schemas.
    known: BTreeMap<Pointer, String>,
    /// The schemas whose types other schemas have too, which are equal.
    equal: BTreeMap<Pointer, Pointer>,
}

/// A type in the model, of a property, a parameter or a header.
#[derive(Debug, Clone, Copy)]
struct Use<'api> {
    type_: &'api Type,
    is_nullable: bool,
    /// Whether its origin is that of the parameter or header, which has the schema below it.
    is_described: bool,
}

impl<'d> Types<'d> {
    /// Takes the types from a run.
    pub(crate) fn new(document: &'d Node, stages: &Stages, output: &Output) -> Self {
        let version = document.get("openapi").and_then(Node::as_str).unwrap_or_default();
        let mut types = Self {
            document,
            is_3_0: version.starts_with("3.0"),
            known: BTreeMap::new(),
            equal: BTreeMap::new(),
        };
        if let Some(api) = &stages.api {
            types.take_uses(api);
        }
        for typed in &output.schemas {
            let path = format!("krate::{}", typed.path);
            let path = if typed.is_nullable { optional(&path) } else { path };
            types.known.insert(typed.pointer.clone(), path);
        }
        types
    }

    /// Takes the types of properties, parameters and headers, whose places the model has as origins.
    fn take_uses(&mut self, api: &Api) {
        let mut uses: BTreeMap<Origin, Use<'_>> = BTreeMap::new();
        let mut add = |docs: &Docs, type_, is_nullable, is_described| {
            let one = Use {
                type_,
                is_nullable,
                is_described,
            };
            if let Some(origin) = *docs.origin {
                uses.entry(origin).or_insert(one);
            }
        };
        for named in &api.types {
            let own = &*named.docs.pointer;
            let equal = named.equal.iter().map(|equal| ((*equal.pointer).clone(), own.clone()));
            self.equal.extend(equal);
            if let Shape::Object(object) = &named.shape {
                for property in &object.properties {
                    let is_nullable = property.presence == Presence::Maybe;
                    add(&property.docs, &property.type_, is_nullable, false);
                }
            }
        }
        for operation in api.resources.iter().flat_map(|resource| &resource.operations) {
            for parameter in &operation.parameters {
                add(&parameter.docs, &parameter.type_, false, true);
            }
            for header in operation.headers.iter().flat_map(|headers| &headers.headers) {
                add(&header.docs, &header.type_, false, true);
            }
        }
        self.visit(api, &uses, self.document, &Pointer::root());
    }

    /// Takes the types of the uses at and below a node.
    fn visit(&mut self, api: &Api, uses: &BTreeMap<Origin, Use<'_>>, node: &Node, place: &Pointer) {
        match uses.get(&node.origin) {
            Some(one) if one.is_described => self.take(api, &place.child("schema"), one.type_, one.is_nullable),
            Some(one) => self.take(api, place, one.type_, one.is_nullable),
            None => {}
        }
        for (name, child) in node.as_object().into_iter().flatten() {
            self.visit(api, uses, child, &place.child(name));
        }
        for (index, child) in node.as_array().into_iter().flatten().enumerate() {
            self.visit(api, uses, child, &place.element(index));
        }
    }

    /// Takes the type of the schema at a place, and those of the schemas that it holds.
    fn take(&mut self, api: &Api, place: &Pointer, type_: &Type, is_nullable: bool) {
        let mut written = written(api, type_);
        if is_nullable && !matches!(type_, Type::Nullable(_)) {
            written = optional(&written);
        }
        self.known.entry(place.clone()).or_insert(written);
        match type_ {
            Type::Array(inner) => self.take(api, &place.child("items"), inner, false),
            Type::Map(inner) => self.take(api, &place.child("additionalProperties"), inner, false),
            Type::Nullable(inner) | Type::Boxed(inner) => match &**inner {
                Type::Array(inner) => self.take(api, &place.child("items"), inner, false),
                Type::Map(inner) => self.take(api, &place.child("additionalProperties"), inner, false),
                _ => {}
            },
            _ => {}
        }
    }

    /// Returns the type of the schema at a place; that of any JSON value where there is no other.
    pub(crate) fn of(&self, place: &Pointer) -> String {
        self.within(place, 64).unwrap_or_else(|| ANY.to_owned())
    }

    fn within(&self, place: &Pointer, left: usize) -> Option<String> {
        let left = left.checked_sub(1)?;
        let place = settle(self.document, place)?;
        if let Some(known) = self.known(&place) {
            return Some(known.clone());
        }
        let schema = at(self.document, &place)?;
        let mut is_nullable = self.is_3_0 && schema.get("nullable").and_then(Node::as_bool) == Some(true);
        let type_ = if let Some(target) = reference(schema) {
            self.within(&target, left)?
        } else if let Some(part) = only_part(schema, &place) {
            self.within(&part, left)?
        } else {
            let (word, takes_null) = type_word(schema)?;
            is_nullable |= takes_null;
            self.of_word(word, schema, &place, left)
        };
        Some(if is_nullable && type_ != ANY && !type_.starts_with("Option<") {
            optional(&type_)
        } else {
            type_
        })
    }

    /// Returns the type of a schema with a `type`.
    fn of_word(&self, word: &str, schema: &Node, place: &Pointer, left: usize) -> String {
        let of = |name: &str| {
            let inner = schema.get(name).filter(|inner| inner.as_object().is_some());
            let inner = inner.and_then(|_| self.within(&place.child(name), left));
            inner.unwrap_or_else(|| ANY.to_owned())
        };
        match word {
            "string" => "String".to_owned(),
            "boolean" => "bool".to_owned(),
            "number" => "f64".to_owned(),
            "integer" => "i64".to_owned(),
            "array" => format!("Vec<{}>", of("items")),
            "object" if schema.get("properties").is_none() => {
                format!("krate::runtime::Map<{}>", of("additionalProperties"))
            }
            _ => ANY.to_owned(),
        }
    }

    /// Returns the type of the schema at a place, or of the one that it is equal to.
    fn known(&self, place: &Pointer) -> Option<&String> {
        if let Some(known) = self.known.get(place) {
            return Some(known);
        }
        let mut above = place.clone();
        let mut below = Vec::new();
        loop {
            if let Some(canonical) = self.equal.get(&above) {
                let moved = below
                    .iter()
                    .rev()
                    .fold(canonical.clone(), |place, segment: &String| place.child(segment));
                return self.known.get(&moved);
            }
            let (parent, segment) = above.split()?;
            below.push(segment);
            above = parent;
        }
    }
}

/// Returns the place of the only subschema of a composition, where the schema is that alone.
fn only_part(schema: &Node, place: &Pointer) -> Option<Pointer> {
    let keyword = COMPOSITIONS.iter().find(|keyword| schema.get(keyword).is_some())?;
    let parts = schema.get(keyword)?.as_array()?;
    let is_alone = parts.len() == 1 && schema.get("properties").is_none();
    is_alone.then(|| place.child(keyword).element(0))
}

/// Returns the only type of a schema beside `null`, and whether it takes `null`; nothing where a composition says more.
fn type_word(schema: &Node) -> Option<(&str, bool)> {
    if COMPOSITIONS.iter().any(|keyword| schema.get(keyword).is_some()) {
        return None;
    }
    let type_ = schema.get("type")?;
    if let Some(word) = type_.as_str() {
        return Some((word, false));
    }
    let words = type_.as_array()?.iter().filter_map(Node::as_str);
    let (null, others): (Vec<&str>, Vec<&str>) = words.partition(|word| *word == "null");
    match others.as_slice() {
        [word] => Some((word, !null.is_empty())),
        _ => None,
    }
}

fn optional(type_: &str) -> String {
    format!("Option<{type_}>")
}

/// Returns a type of the model as programs write it.
fn written(api: &Api, type_: &Type) -> String {
    match type_ {
        Type::Json => ANY.to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Integer(integer) => match integer {
            Integer::I32 => "i32",
            Integer::I64 => "i64",
            Integer::U32 => "u32",
            Integer::U64 => "u64",
        }
        .to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Decimal => "krate::runtime::Number".to_owned(),
        Type::String => "String".to_owned(),
        Type::DateTime => "krate::runtime::DateTime".to_owned(),
        Type::Date => "krate::runtime::Date".to_owned(),
        Type::Scalar => "krate::runtime::Scalar".to_owned(),
        Type::Named(id) => {
            let named = api.named(*id);
            format!("krate::{}::{}", named.module.rust_path(), named.name)
        }
        Type::Array(inner) => format!("Vec<{}>", written(api, inner)),
        Type::Map(inner) => format!("krate::runtime::Map<{}>", written(api, inner)),
        Type::Nullable(inner) => optional(&written(api, inner)),
        Type::Boxed(inner) => written(api, inner),
    }
}

#[cfg(test)]
mod tests {
    use generator::unstable::Stages;
    use generator::{Input, Options, Pointer};

    use super::Types;

    const DOCUMENT: &str = "
openapi: 3.0.4
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    parameters:
    - {name: page, in: query, schema: {type: integer, format: int32}}
    - {name: order, in: query, schema: {type: string, enum: [up, down]}}
    get:
      operationId: listPets
      responses:
        '200':
          description: The pets.
          headers: {X-Count: {schema: {type: integer, format: int64}}}
          content:
            application/json: {schema: {type: array, nullable: true, items: {$ref: '#/components/schemas/Pet'}}}
        default:
          description: A fault.
          content:
            application/json: {schema: {type: object, additionalProperties: {allOf: [{$ref: '#/components/schemas/Pet'}]}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
        weight: {type: number, nullable: true}
        born: {type: string, format: date-time}
        parents: {type: array, items: {type: array, items: {type: string, format: date}}}
        friends: {type: object, additionalProperties: {$ref: '#/components/schemas/Pet'}}
        home: {type: object, properties: {street: {type: string}}}
        other: {}
";

    #[test]
    fn every_schema_has_the_type_that_it_became() {
        let input = Input {
            name: "pets.yaml",
            text: DOCUMENT,
            overlays: &[],
        };
        let stages = Stages::of(&input, &Options::new("pets"));
        let (document, output) = (stages.document.as_ref().unwrap(), stages.run.output.as_ref().unwrap());
        let types = Types::new(document, &stages, output);
        let pet = "/components/schemas/Pet";
        let operation = "/paths/~1pets/get/responses";
        for (place, expected) in [
            (pet.to_owned(), "krate::schemas::Pet"),
            (format!("{pet}/properties/name"), "String"),
            (format!("{pet}/properties/weight"), "Option<f64>"),
            (format!("{pet}/properties/born"), "krate::runtime::DateTime"),
            (format!("{pet}/properties/parents/items"), "Vec<krate::runtime::Date>"),
            (
                format!("{pet}/properties/friends"),
                "krate::runtime::Map<krate::schemas::Pet>",
            ),
            (format!("{pet}/properties/home"), "krate::schemas::PetHome"),
            (format!("{pet}/properties/home/properties/street"), "String"),
            (format!("{pet}/properties/other"), super::ANY),
            ("/paths/~1pets/parameters/0/schema".to_owned(), "i32"),
            (
                "/paths/~1pets/parameters/1/schema".to_owned(),
                "krate::operations::pets::ListPetsOrder",
            ),
            (format!("{operation}/200/headers/X-Count/schema"), "i64"),
            (
                format!("{operation}/200/content/application~1json/schema"),
                "Option<Vec<krate::schemas::Pet>>",
            ),
            (
                format!("{operation}/default/content/application~1json/schema"),
                "krate::runtime::Map<krate::schemas::Pet>",
            ),
        ] {
            assert_eq!(types.of(&Pointer::parse(&place).unwrap()), expected, "{place}");
        }
    }
}
