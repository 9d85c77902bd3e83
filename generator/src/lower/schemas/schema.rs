//! Lowers schemas to types.

use crate::document::keywords::{self, Keyword, PROPERTIES, UNIONS};
use crate::document::{Node, Value};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::integer::integer_type;
use crate::lower::schemas::json_types::list;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::parts::union_keyword;
use crate::lower::schemas::union::{UnionForm, scalar_type};
use crate::model::{JsonTypes, Shape, Type};

/// The result of lowering a schema: a shape that needs a name, or a type.
#[expect(clippy::large_enum_variant, reason = "it lives from one function to the next")]
pub(in crate::lower) enum Lowered {
    /// A shape that needs a name.
    Shape(Shape),
    /// A type that can be written where it is used.
    Type(Type),
}

impl<'run> Schemas<'run> {
    /// Returns the type of `node` where it is used; `null` among its values makes it nullable.
    pub(in crate::lower) fn lower_type(&mut self, node: &'run Node, place: &NamingContext) -> Type {
        let place = place.titled(self.title_of(node));
        let type_ = self.lower_inline(node, &place);
        self.nullable(node, type_)
    }

    /// Returns the title of `node`, or else that of the only subschema beside `null`.
    ///
    /// A union of one subschema and no `null` is not a nullable schema, and may get more subschemas later.
    fn title_of(&self, node: &'run Node) -> Option<&'run str> {
        let title = |node: &'run Node| node.get("title").and_then(Node::as_str);
        let only = || {
            let keyword = union_keyword(node)?;
            match (self.union_form(node, keyword), list(node, keyword)) {
                (UnionForm::One(only), [_, _]) => title(only),
                _ => None,
            }
        };
        title(node).or_else(only)
    }

    /// Makes `type_` nullable if `node` allows `null`.
    ///
    /// A named type does not represent `null`; a reference to it is nullable instead. The exceptions are `Scalar` and
    /// unions with such a variant, since `null` is a scalar.
    pub(in crate::lower) fn nullable(&self, node: &'run Node, type_: Type) -> Type {
        let allowed = self.types_of(node);
        let is_nullable = allowed.has(JsonTypes::NULL) && allowed != JsonTypes::ANY && allowed != JsonTypes::NULL;
        match type_ {
            Type::Json | Type::Scalar | Type::Nullable(_) => type_,
            other if is_nullable && !self.has_scalar(node, 0) => Type::Nullable(Box::new(other)),
            other => other,
        }
    }

    /// Returns whether `node` becomes a `Scalar`, or a union with such a variant.
    fn has_scalar(&self, node: &'run Node, depth: usize) -> bool {
        let node = self.cx.resolve(node);
        let is_plain = ["allOf", "properties"]
            .iter()
            .all(|keyword| node.get(keyword).is_none());
        let Some(keyword) = union_keyword(node) else {
            return is_plain
                && self.lower_enum(node).is_none()
                && is_scalar(self.types_of(node).and(JsonTypes::SCALAR));
        };
        match self.union_form(node, keyword) {
            _ if !is_plain || depth > 16 => false,
            UnionForm::One(only) => self.has_scalar(only, depth + 1),
            UnionForm::Empty | UnionForm::Strings { .. } => false,
            UnionForm::Any(subschemas) | UnionForm::Scalars(subschemas) | UnionForm::Variants(subschemas) => {
                is_scalar(self.scalar_types_of(&subschemas))
            }
        }
    }

    /// Lowers `node` without regard to `null`.
    pub(in crate::lower) fn lower_schema(&mut self, node: &'run Node, place: &NamingContext) -> Lowered {
        let Some(members) = node.as_object() else {
            return Lowered::Type(Type::Json);
        };
        if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
            if is_bare_reference(node) {
                let id = self.component(reference);
                return Lowered::Type(id.map_or(Type::Json, Type::Named));
            }
            return self.lower_all_of(node, place);
        }
        if members.contains_key("allOf") {
            return self.lower_all_of(node, place);
        }
        if let Some(keyword) = union_keyword(node) {
            if PROPERTIES.iter().any(|key| members.contains_key(*key))
                || UNIONS.iter().all(|key| members.contains_key(*key))
            {
                return self.lower_all_of(node, place);
            }
            return self.lower_union(node, keyword, place);
        }
        if let Some(listed) = self.lower_enum(node) {
            return listed;
        }
        self.lower_by_type(node, place)
    }

    fn lower_by_type(&mut self, node: &'run Node, place: &NamingContext) -> Lowered {
        let types = self.types_of(node);
        if types.or(JsonTypes::NULL) == JsonTypes::ANY {
            return Lowered::Type(Type::Json);
        }
        let types = types.without(JsonTypes::NULL);
        let number = JsonTypes::NUMBER.or(JsonTypes::INTEGER);
        Lowered::Type(match types {
            JsonTypes::STRING => string_type(node),
            JsonTypes::INTEGER => integer_type(node),
            JsonTypes::BOOLEAN => Type::Boolean,
            JsonTypes::ARRAY => return self.lower_array(node, place),
            JsonTypes::OBJECT => return self.lower_object(node, place),
            types if types.is_empty() => Type::Json,
            types if number.has(types) => Type::Number,
            types if !types.has(JsonTypes::ARRAY) && !types.has(JsonTypes::OBJECT) => Type::Scalar,
            _ => return self.lower_type_list(node, types, place),
        })
    }

    fn lower_array(&mut self, node: &'run Node, place: &NamingContext) -> Lowered {
        if !JsonTypes::ARRAY.or(JsonTypes::NULL).has(self.allowed_types(node)) {
            let reason = "typed as any JSON value, since the schema has no `type: array`";
            self.cx.degrade(node, "items", reason);
            return Lowered::Type(Type::Json);
        }
        if let Some(elements) = node.get("prefixItems").and_then(Node::as_array) {
            return self.lower_tuple(node, elements, place);
        }
        let element = match node.get("items") {
            Some(items) => {
                let place = place.element("item");
                self.lower_type(items, &place)
            }
            None => Type::Json,
        };
        Lowered::Type(Type::Array(Box::new(element)))
    }
}

/// Returns whether `node` is a reference with no siblings but annotations.
pub(in crate::lower) fn is_bare_reference(node: &Node) -> bool {
    let is_annotation = |key: &String| key == "$ref" || keywords::is(key, Keyword::only_annotates);
    node.get("$ref").is_some()
        && node
            .as_object()
            .is_some_and(|members| members.keys().all(is_annotation))
}

/// Returns the types that `type`, `enum` and `const` of `node` allow.
pub(in crate::lower) fn declared_types(node: &Node) -> JsonTypes {
    let mut types = match node.get("type").map(|node| &node.value) {
        Some(Value::String(name)) => JsonTypes::named(name).unwrap_or(JsonTypes::ANY),
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(|name| JsonTypes::named(name.as_str()?))
            .fold(JsonTypes::NONE, JsonTypes::or),
        _ => JsonTypes::ANY,
    };
    let listed = node
        .get("enum")
        .and_then(Node::as_array)
        .into_iter()
        .flatten()
        .chain(node.get("const"));
    let kinds = listed.map(kind_of).fold(JsonTypes::NONE, JsonTypes::or);
    if !kinds.is_empty() && node.get("enum").or(node.get("const")).is_some() {
        types = types.and(kinds);
    }
    types
}

/// Returns whether values of these types are a `Scalar`: there are several, `null` and kinds of numbers aside.
fn is_scalar(types: JsonTypes) -> bool {
    scalar_type(types.without(JsonTypes::NULL)) == Type::Scalar && !types.without(JsonTypes::NULL).is_empty()
}

/// Returns the JSON type of a value.
pub(in crate::lower) fn kind_of(value: &Node) -> JsonTypes {
    match &value.value {
        Value::Null => JsonTypes::NULL,
        Value::Bool(_) => JsonTypes::BOOLEAN,
        Value::Number(text) if text.contains(['.', 'e', 'E']) => JsonTypes::NUMBER,
        Value::Number(_) => JsonTypes::INTEGER,
        Value::String(_) => JsonTypes::STRING,
        Value::Array(_) => JsonTypes::ARRAY,
        Value::Object(_) => JsonTypes::OBJECT,
    }
}

fn string_type(node: &Node) -> Type {
    match node.get("format").and_then(Node::as_str) {
        Some("date-time") => Type::DateTime,
        Some("date") => Type::Date,
        _ => Type::String,
    }
}
