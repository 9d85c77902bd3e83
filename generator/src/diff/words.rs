//! Words of the document for types and statuses.

use crate::model::{Api, Constant, Integer, Shape, Style, Type};

/// Returns words for a type, in terms of JSON Schema.
pub(super) fn type_(api: &Api, type_: &Type) -> String {
    let inner = |inner: &Type| self::type_(api, inner);
    match type_ {
        Type::Json => "any value".to_owned(),
        Type::Boolean => "a boolean".to_owned(),
        Type::Integer(Integer::I32) => "an integer of 32 bits".to_owned(),
        Type::Integer(Integer::I64) => "an integer".to_owned(),
        Type::Integer(Integer::U32) => "an integer of 32 bits that is not negative".to_owned(),
        Type::Integer(Integer::U64) => "an integer that is not negative".to_owned(),
        Type::Number | Type::Decimal => "a number".to_owned(),
        Type::String => "a string".to_owned(),
        Type::DateTime => "a date and time".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::Scalar => "one of several scalar types".to_owned(),
        Type::Named(id) => {
            let named = api.named(*id);
            format!("{} `{}`", shape(&named.shape), named.name)
        }
        Type::Array(of) => format!("an array, each item {}", inner(of)),
        Type::Map(of) => format!("a map, each value {}", inner(of)),
        Type::Nullable(of) => format!("{} or `null`", inner(of)),
        Type::Boxed(of) => inner(of),
    }
}

/// Returns the word for what a type is, with its article.
pub(super) fn shape(shape: &Shape) -> &'static str {
    match shape {
        Shape::Object(_) => "an object",
        Shape::StringEnum(_) => "an enum of strings",
        Shape::Union(_) => "a union",
        Shape::Tuple(_) => "a tuple",
        Shape::CheckedString { .. } => "a string with a pattern",
        Shape::Wrapper(_) => "a value with constraints",
        Shape::Alias(_) => "an alias",
    }
}

/// Returns the word of the document for a style.
pub(super) fn style(style: Style) -> String {
    match style {
        Style::Json => "JSON content".to_owned(),
        Style::Text => "text content".to_owned(),
        other => {
            let name = format!("{other:?}");
            format!("`{}{}`", name[..1].to_lowercase(), &name[1..])
        }
    }
}

/// Returns names in backquotes, with commas between them.
pub(super) fn list<'names>(names: impl IntoIterator<Item = &'names str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Returns the only value of something.
pub(super) fn constant(api: &Api, constant: &Constant) -> String {
    match constant {
        Constant::Boolean(value) => value.to_string(),
        Constant::Integer(value) => value.to_string(),
        Constant::Number(value) => value.to_string(),
        Constant::String(value) => format!("{value:?}"),
        Constant::Variant(id, index) => match &api.named(*id).shape {
            Shape::StringEnum(shape) => {
                let value = shape.values.get(*index);
                value.map_or_else(String::new, |value| format!("{:?}", value.wire))
            }
            _ => String::new(),
        },
        Constant::Wrapper(_, inner) | Constant::Some(inner) => self::constant(api, inner),
    }
}
