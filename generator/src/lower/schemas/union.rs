//! Lowers `oneOf` and `anyOf`: enums with a variant for each subschema.
//!
//! The type of a union may be less precise than its schema: with a subschema `null` the union is nullable, nested
//! unions are flattened, scalars of one JSON type are one variant. The constraints keep the original schema.

use crate::document::keywords::{self, Keyword, UNIONS};
use crate::document::{Node, Value};
use crate::lower::context::docs;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::schema::Lowered;
use crate::lower::schemas::string_enum::{is_any_string, listed_strings, string_enum};
use crate::model::{Constraints, JsonTypes, Shape, StringEnum, Type, Union, Variant};
use crate::names::{self, Namespace};

const SCALARS: JsonTypes = JsonTypes::SCALAR;

/// What the type of a union is, `null` aside.
pub(in crate::lower) enum UnionForm<'run> {
    /// It has no subschemas.
    Empty,
    /// The type of its only subschema.
    One(&'run Node),
    /// Any JSON value: at least one of these subschemas allows it.
    Any(Vec<&'run Node>),
    /// An enum of strings.
    Strings {
        /// The listed strings.
        strings: Vec<&'run str>,
        /// The subschemas that list them.
        subschemas: Vec<&'run Node>,
    },
    /// The type of scalars, which all of these subschemas are.
    Scalars(Vec<&'run Node>),
    /// An enum with these subschemas as variants.
    Variants(Vec<&'run Node>),
}

impl<'run> Schemas<'run> {
    /// Decides what the type of the union under `keyword` of `node` is.
    pub(in crate::lower) fn union_form(&self, node: &'run Node, keyword: &str) -> UnionForm<'run> {
        let subschemas = self.variant_schemas(node, keyword);
        match subschemas.as_slice() {
            [] => return UnionForm::Empty,
            [only] => return UnionForm::One(only),
            _ => {}
        }
        if subschemas
            .iter()
            .any(|subschema| self.types_of(subschema) == JsonTypes::ANY)
        {
            return UnionForm::Any(subschemas);
        }
        if let Some(strings) = listed_strings(&subschemas) {
            return UnionForm::Strings { strings, subschemas };
        }
        if subschemas.iter().all(|subschema| self.is_plain_scalar(subschema)) {
            return UnionForm::Scalars(subschemas);
        }
        UnionForm::Variants(subschemas)
    }

    /// Lowers the union under `keyword` of `node`.
    pub(in crate::lower) fn lower_union(&mut self, node: &'run Node, keyword: &str, place: &NamingContext) -> Lowered {
        match self.union_form(node, keyword) {
            UnionForm::Empty => Lowered::Type(Type::Json),
            UnionForm::One(only) => self.lower_schema(only, place),
            UnionForm::Any(_) => {
                let reason = "a subschema allows any value, so the union is any JSON value";
                self.cx.degrade(node, keyword, reason);
                Lowered::Type(Type::Json)
            }
            UnionForm::Strings { strings, subschemas } => {
                let is_open = |subschema: &&Node| subschema.as_object().is_some_and(is_any_string);
                Lowered::Shape(Shape::StringEnum(StringEnum {
                    is_open: subschemas.iter().any(is_open),
                    ..string_enum(&strings, &subschemas)
                }))
            }
            UnionForm::Scalars(subschemas) => {
                Lowered::Type(scalar_type(self.types_of_any(&subschemas).without(JsonTypes::NULL)))
            }
            UnionForm::Variants(subschemas) => {
                self.note_ambiguity(node, keyword, &subschemas);
                Lowered::Shape(Shape::Union(self.lower_variants(node, &subschemas, place)))
            }
        }
    }

    /// Returns the JSON types of the values of any of these schemas.
    pub(in crate::lower) fn types_of_any(&self, schemas: &[&'run Node]) -> JsonTypes {
        let types = schemas.iter().map(|schema| self.types_of(schema));
        types.fold(JsonTypes::NONE, JsonTypes::or)
    }

    /// Returns the subschemas under `keyword` of `node` that are variants: all but `null` and `false`, with those of
    /// nested unions in place of these.
    pub(in crate::lower) fn variant_schemas(&self, node: &'run Node, keyword: &str) -> Vec<&'run Node> {
        let mut subschemas = Vec::new();
        flatten(node, keyword, &mut subschemas, 0);
        subschemas
            .retain(|subschema| self.types_of(subschema) != JsonTypes::NULL && subschema.as_bool() != Some(false));
        subschemas
    }

    /// Lowers `type: [object, string]` as a union with a variant for each type.
    pub(in crate::lower) fn lower_type_list(
        &mut self,
        node: &'run Node,
        types: JsonTypes,
        place: &NamingContext,
    ) -> Lowered {
        let mut subschemas: Vec<&'run Node> = Vec::new();
        let scalars = types.and(SCALARS);
        let singles = [scalars, types.and(JsonTypes::ARRAY), types.and(JsonTypes::OBJECT)];
        for single in singles.into_iter().filter(|single| !single.is_empty()) {
            let mut members = node.as_object().cloned().unwrap_or_default();
            let names = single.iter().map(|(name, _)| Node::string(node.origin, name)).collect();
            members.insert("type".to_owned(), Node::new(node.origin, Value::Array(names)));
            members.retain(|key, _| !keywords::is(key, Keyword::is_text));
            subschemas.push(self.arena.alloc(Node::synthesized(node.origin, Value::Object(members))));
        }
        Lowered::Shape(Shape::Union(self.lower_variants(node, &subschemas, place)))
    }

    /// Returns whether a subschema allows only scalars, and is neither a reference nor composed.
    pub(in crate::lower) fn is_plain_scalar(&self, subschema: &'run Node) -> bool {
        subschema.get("$ref").is_none() && subschema.get("allOf").is_none() && SCALARS.has(self.types_of(subschema))
    }

    /// Returns the JSON types of the plain scalars among these schemas.
    pub(in crate::lower) fn scalar_types_of(&self, schemas: &[&'run Node]) -> JsonTypes {
        let plain = schemas.iter().filter(|schema| self.is_plain_scalar(schema));
        let plain: Vec<&'run Node> = plain.copied().collect();
        self.types_of_any(&plain)
    }

    fn lower_variants(&mut self, node: &'run Node, subschemas: &[&'run Node], place: &NamingContext) -> Union {
        let mut names = Namespace::default();
        let mut lowered: Vec<Variant> = Vec::new();
        let mut first: Vec<&'run Node> = Vec::new();
        self.compositions.count_nested(subschemas.len());
        let groups = self.group(subschemas);
        let words = self.variant_words(node, &groups);
        for (group, words) in groups.into_iter().zip(words) {
            let name = names.take(&names::variant_name(&words), &words);
            let variant = self.lower_variant(&group, name, place);
            let is_known = lowered.iter().any(|known| known.type_ == variant.type_);
            if !is_known {
                lowered.push(variant);
                first.push(group[0]);
            }
        }
        // `null` is a scalar, whichever subschema allows it.
        let takes_null = self.types_of(node).has(JsonTypes::NULL);
        for variant in lowered
            .iter_mut()
            .filter(|variant| takes_null && variant.type_ == Type::Scalar)
        {
            variant.kinds = variant.kinds.or(JsonTypes::NULL);
        }
        let discriminator = self.lower_discriminator(node, &first);
        self.report_mapping(node, &first, discriminator.as_ref());
        let unknown = names.take("Unknown", "");
        Union {
            variants: lowered,
            discriminator,
            unknown,
        }
    }

    /// Groups the plain scalars together. Every other subschema is a group of one.
    fn group(&self, subschemas: &[&'run Node]) -> Vec<Vec<&'run Node>> {
        let mut groups: Vec<Vec<&'run Node>> = Vec::new();
        let mut scalars: Option<usize> = None;
        for subschema in subschemas {
            if self.is_plain_scalar(subschema) {
                let index = *scalars.get_or_insert_with(|| {
                    groups.push(Vec::new());
                    groups.len() - 1
                });
                groups[index].push(subschema);
            } else {
                groups.push(vec![subschema]);
            }
        }
        groups
    }

    fn lower_variant(&mut self, group: &[&'run Node], name: String, place: &NamingContext) -> Variant {
        let kinds = self.types_of_any(group);
        let place_of_variant = place.append(&name);
        let is_scalar = self.is_plain_scalar(group[0]);
        let type_ = match listed_strings(group) {
            Some(strings) if is_scalar => self.define_strings(&strings, group, &place_of_variant),
            _ if is_scalar && group.len() > 1 => scalar_type(kinds.without(JsonTypes::NULL)),
            _ => self.lower_type(group[0], &place_of_variant),
        };
        let constraints: Vec<Constraints> = group
            .iter()
            .map(|subschema| self.lower_constraints(subschema, &place.module))
            .collect();
        let constraints = match <[Constraints; 1]>::try_from(constraints) {
            Ok([constraints]) => constraints,
            Err(several) => Constraints(vec![crate::model::Assertion::AnyOf(several)]),
        };
        Variant {
            name,
            type_,
            kinds,
            takes_any: group.iter().any(|subschema| !kinds.has(self.allowed_types(subschema))),
            constraints,
            docs: docs(group[0]),
        }
    }
}

/// Returns the type of scalars of the given kinds.
pub(in crate::lower) fn scalar_type(types: JsonTypes) -> Type {
    match types {
        JsonTypes::STRING => Type::String,
        JsonTypes::BOOLEAN => Type::Boolean,
        JsonTypes::INTEGER => Type::Integer(crate::model::Integer::I64),
        types if JsonTypes::NUMBER.or(JsonTypes::INTEGER).has(types) => Type::Number,
        _ => Type::Scalar,
    }
}

/// Adds the subschemas under `keyword`, with those of nested inline unions in place of these.
fn flatten<'node>(node: &'node Node, keyword: &str, subschemas: &mut Vec<&'node Node>, depth: usize) {
    for subschema in node.get(keyword).and_then(Node::as_array).into_iter().flatten() {
        let inner = UNIONS.into_iter().find(|inner| {
            subschema.as_object().is_some_and(|members| {
                members.contains_key(*inner)
                    && members
                        .keys()
                        .all(|key| key == inner || keywords::is(key, Keyword::is_text))
            })
        });
        match inner {
            Some(inner) if depth < 16 && subschema.get("title").is_none() => {
                flatten(subschema, inner, subschemas, depth + 1);
            }
            _ => subschemas.push(subschema),
        }
    }
}
