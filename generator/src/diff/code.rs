//! Lines of code as callers write them, from the root of an emitted crate.

use crate::model::{
    Api, Body, Constant, Content, DefaultConstant, Integer, Location, Named, Operation, Parameter, Payload, Presence,
    Property, RequiredStruct, Responses, Shape, Source, Type, TypeId,
};

/// Returns the path of a named type.
#[must_use]
pub fn path(named: &Named) -> String {
    format!("{}::{}", named.module.rust_path(), named.name)
}

/// Returns a type.
#[must_use]
pub fn type_(api: &Api, type_: &Type) -> String {
    type_by(type_, &|id| path(api.named(id)))
}

/// Returns a type whose named types `name` gives the paths of.
#[must_use]
pub fn type_by(type_: &Type, name: &dyn Fn(TypeId) -> String) -> String {
    let inner = |inner: &Type| type_by(inner, name);
    match type_ {
        Type::Json => "runtime::Json".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Integer(Integer::I32) => "i32".to_owned(),
        Type::Integer(Integer::I64) => "i64".to_owned(),
        Type::Integer(Integer::U32) => "u32".to_owned(),
        Type::Integer(Integer::U64) => "u64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Decimal => "runtime::Number".to_owned(),
        Type::String => "String".to_owned(),
        Type::DateTime => "runtime::DateTime".to_owned(),
        Type::Date => "runtime::Date".to_owned(),
        Type::Scalar => "runtime::Scalar".to_owned(),
        Type::Named(id) => name(*id),
        Type::Array(of) => format!("Vec<{}>", inner(of)),
        Type::Map(of) => format!("runtime::Map<{}>", inner(of)),
        Type::Nullable(of) => format!("Option<{}>", inner(of)),
        Type::Boxed(of) => format!("Box<{}>", inner(of)),
    }
}

/// Returns the type of the field of a property whose values have the type `type_`.
#[must_use]
pub fn field_type(presence: Presence, type_: &str) -> String {
    match presence {
        Presence::Required => type_.to_owned(),
        Presence::Optional => format!("Option<{type_}>"),
        Presence::Maybe => format!("runtime::Maybe<{type_}>"),
    }
}

/// Returns a line that reads the field of a property.
#[must_use]
pub fn field_line(api: &Api, property: &Property) -> String {
    let type_ = field_type(property.presence, &type_(api, &property.type_));
    format!("let {0}: {type_} = value.{0};", property.field)
}

/// Returns the type of the constant for a default.
#[must_use]
pub fn default_type(api: &Api, default: &DefaultConstant) -> String {
    match default.value {
        Constant::String(_) => "&str".to_owned(),
        _ => type_(api, &default.type_),
    }
}

/// Returns a line that takes the value in a struct around one.
#[must_use]
pub fn wrapped_line(api: &Api, inner: &Type) -> String {
    match inner {
        Type::String => "let inner: String = value.into();".to_owned(),
        inner => format!("let inner: &{} = &*value;", type_(api, inner)),
    }
}

/// Returns a line that makes a value of a struct, with the feature that this takes.
#[must_use]
pub fn new_line(named: &Named) -> String {
    let (required, given): (_, Vec<&str>) = match &named.shape {
        Shape::Object(object) => (&object.required, object.given().map(|given| &*given.field).collect()),
        Shape::Tuple(tuple) => (&tuple.required, tuple.given().map(|given| &*given.field).collect()),
        _ => return path(named),
    };
    let arguments = arguments(&named.module.rust_path(), required.as_ref(), &given);
    let feature = if named.is_input {
        ""
    } else {
        " // with the feature `mock`"
    };
    format!("{}::new({arguments});{feature}", path(named))
}

/// Returns what a function takes: one value by its position, or more by a struct.
fn arguments(module: &str, required: Option<&RequiredStruct>, given: &[&str]) -> String {
    match required {
        Some(required) => format!("{module}::{} {{ {} }}", required.name, given.join(", ")),
        None => given.join(", "),
    }
}

/// An operation with the module that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Call<'run> {
    /// The model that it belongs to.
    pub api: &'run Api,
    /// The name of the module in `operations`.
    pub module: &'run str,
    /// The operation.
    pub operation: &'run Operation,
}

/// A parameter or the body of an operation, as callers give it.
#[derive(Debug, Clone, Copy)]
pub enum Argument<'run> {
    /// A parameter.
    Parameter(&'run Parameter),
    /// The body.
    Body(&'run Body),
}

impl Call<'_> {
    /// Returns the path of the request function.
    #[must_use]
    pub fn path(self) -> String {
        self.item(&self.operation.function)
    }

    /// Returns the path of an item of the module.
    #[must_use]
    pub fn item(self, name: &str) -> String {
        format!("operations::{}::{name}", self.module)
    }

    /// Returns a line that calls the request function.
    #[must_use]
    pub fn line(self) -> String {
        let given = |is_in_path: bool| {
            let all = self.operation.parameters.iter().map(Argument::Parameter);
            let all = all.chain(self.operation.body.iter().map(Argument::Body));
            all.filter(move |argument| argument.is_given() && argument.is_in_path() == is_in_path)
                .map(Argument::name)
        };
        let mut by_position: Vec<String> = given(true).map(str::to_owned).collect();
        let others: Vec<&str> = given(false).collect();
        let required = self.operation.required.as_ref().map(|required| &required.type_);
        let others = arguments(&format!("operations::{}", self.module), required, &others);
        if !others.is_empty() {
            by_position.push(others);
        }
        format!("{}({});", self.path(), by_position.join(", "))
    }

    /// Returns the type of an argument.
    #[must_use]
    pub fn argument_type(self, argument: Argument<'_>) -> String {
        argument.type_(self)
    }

    /// Returns a line that gives an argument of its type.
    #[must_use]
    pub fn argument_line(self, argument: Argument<'_>) -> String {
        let line = self.line();
        let name = argument.name();
        let binding = format!("let {name}: {} = {name};", argument.type_(self));
        if argument.is_given() {
            return format!("{binding} {line}");
        }
        format!("{binding} {}.{name}({name});", line.trim_end_matches(';'))
    }

    /// Returns the type of successes.
    #[must_use]
    pub fn success(self, responses: &Responses) -> String {
        match (&responses.enum_name, responses.cases.first()) {
            (Some(name), _) => self.item(name),
            (None, Some(response)) => payload(self.api, response.payload.as_ref()),
            (None, None) => "()".to_owned(),
        }
    }
}

/// Returns the type of the content of a response.
#[must_use]
pub fn payload(api: &Api, payload: Option<&Payload>) -> String {
    match payload {
        None => "()".to_owned(),
        Some(Payload::Json(of, _)) => type_(api, of),
        Some(Payload::Text) => "String".to_owned(),
        Some(Payload::Bytes) => "bytes::Bytes".to_owned(),
    }
}

impl<'run> Argument<'run> {
    /// Returns the name of the field and the setter.
    #[must_use]
    pub fn name(self) -> &'run str {
        match self {
            Self::Parameter(parameter) => &parameter.field,
            Self::Body(body) => &body.field,
        }
    }

    /// Returns whether callers have to give it.
    #[must_use]
    pub fn is_given(self) -> bool {
        match self {
            Self::Parameter(parameter) => parameter.is_given(),
            Self::Body(body) => body.required,
        }
    }

    /// Returns whether it is given by its position.
    #[must_use]
    pub fn is_in_path(self) -> bool {
        matches!(self, Self::Parameter(parameter) if parameter.location == Location::Path)
    }

    /// Returns the only value that it has, if it has one.
    #[must_use]
    pub fn constant(self) -> Option<&'run Constant> {
        match self {
            Self::Parameter(parameter) => parameter.constant.as_ref(),
            Self::Body(_) => None,
        }
    }

    /// Returns the type of its value, if it is one of the model.
    #[must_use]
    pub fn model_type(self) -> Option<&'run Type> {
        match self {
            Self::Parameter(parameter) => Some(&parameter.type_),
            Self::Body(body) => match &body.content {
                Content::Json(type_, _) => Some(type_),
                Content::Form(form) => Some(&form.type_),
                Content::Parts(_) | Content::Text | Content::Bytes => None,
            },
        }
    }

    /// Returns the type of its value.
    fn type_(self, call: Call<'_>) -> String {
        if let Some(model_type) = self.model_type() {
            return type_(call.api, model_type);
        }
        match self {
            Self::Body(Body {
                content: Content::Parts(parts),
                ..
            }) => call.item(&parts.name),
            Self::Body(Body {
                content: Content::Bytes,
                ..
            }) => "runtime::Upload".to_owned(),
            _ => "String".to_owned(),
        }
    }
}

/// Returns a conversion as a bound, such as `From<&str>`.
#[must_use]
pub fn conversion(conversion: &crate::model::Conversion, name: &dyn Fn(TypeId) -> String) -> String {
    use crate::model::Conversion;
    let source = |source: &Source| match source {
        Source::Value(of) => type_by(of, name),
        Source::Reference(id) => format!("&{}", name(*id)),
        Source::Str => "&str".to_owned(),
        Source::Scalars => "runtime::Scalar".to_owned(),
    };
    match conversion {
        Conversion::From(from) | Conversion::Variant(_, from) => format!("From<{}>", source(from)),
        Conversion::TryFrom(from) => format!("TryFrom<{}>", source(from)),
        Conversion::Into(of) => format!("Into<{}>", type_by(of, name)),
    }
}
