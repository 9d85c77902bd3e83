//! Decides which traits the types derive.

use crate::model::{
    Api, Content, Derive, Derives, Location, Named, Operation, PartContent, Parts, Property, RequiredStruct, Shape,
    Type, TypeId,
};

/// Decides the traits of types, of the parts of bodies, and of the structs of what is required.
pub(super) fn settle(api: &mut Api) {
    for named in &mut api.types {
        named.derives = of_type(named);
        named.has_default_impl = !named.derives.has(Derive::Default) && has_empty_constructor(&named.shape);
    }
    let copies = Copies::of(api);
    for named in &mut api.types {
        match &mut named.shape {
            Shape::Object(object) => {
                let is_copy = object.given().all(|property| copies.has_property(property));
                settle_required(object.required.as_mut(), is_copy);
            }
            Shape::Tuple(tuple) => {
                let is_copy = tuple.given().all(|element| copies.has_property(element));
                settle_required(tuple.required.as_mut(), is_copy);
            }
            _ => {}
        }
    }
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        let is_copy = copies.has_arguments(operation);
        settle_required(operation.required.as_mut().map(|required| &mut required.type_), is_copy);
        if let Some(Content::Parts(parts)) = operation.body.as_mut().map(|body| &mut body.content) {
            settle_parts(parts, &copies);
        }
    }
}

/// Returns the traits that a type derives.
///
/// What holds values of other types is not `Eq`: it would not be any more when the document adds a property that is a
/// number.
fn of_type(named: &Named) -> Derives {
    use Derive::{Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd};
    let is_default = match &named.shape {
        Shape::Object(object) => object.properties.iter().all(|property| !property.is_there_by_default()),
        Shape::Tuple(tuple) => tuple.elements.iter().all(|element| !element.is_there_by_default()),
        Shape::Wrapper(type_) => !matches!(
            type_,
            Type::Decimal | Type::DateTime | Type::Date | Type::Scalar | Type::Named(_) | Type::Boxed(_)
        ),
        _ => false,
    };
    let always: &[Derive] = match &named.shape {
        Shape::Alias(_) => return Derives::default(),
        Shape::StringEnum(_) => &[Debug, Clone, PartialEq, Eq, Hash],
        Shape::CheckedString { .. } | Shape::Wrapper(Type::String) => {
            &[Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash]
        }
        Shape::Wrapper(Type::Boolean | Type::Integer(_)) => &[Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash],
        Shape::Wrapper(Type::Number) => &[Debug, Clone, Copy, PartialEq, PartialOrd],
        Shape::Object(_) | Shape::Tuple(_) | Shape::Union(_) | Shape::Wrapper(_) => &[Debug, Clone, PartialEq],
    };
    let default = is_default.then_some(Default);
    always.iter().copied().chain(default).collect()
}

/// Returns whether the constructor of a struct takes no arguments.
fn has_empty_constructor(shape: &Shape) -> bool {
    match shape {
        Shape::Object(object) => object.given().next().is_none(),
        Shape::Tuple(tuple) => tuple.given().next().is_none(),
        _ => false,
    }
}

fn settle_required(required: Option<&mut RequiredStruct>, is_copy: bool) {
    if let Some(required) = required {
        let copy = is_copy.then_some(Derive::Copy);
        required.derives = [Derive::Debug, Derive::Clone].into_iter().chain(copy).collect();
    }
}

fn settle_parts(parts: &mut Parts, copies: &Copies) {
    let is_copy = parts
        .given()
        .all(|part| matches!(&part.content, PartContent::Value(type_, _) if copies.has(type_)));
    settle_required(parts.required.as_mut(), is_copy);
    let is_default = parts.parts.iter().all(|part| !part.required);
    let default = is_default.then_some(Derive::Default);
    parts.derives = [Derive::Debug, Derive::Clone].into_iter().chain(default).collect();
    parts.has_default_impl = !is_default && parts.given().next().is_none();
}

/// Which named types are `Copy`, by [`TypeId`].
struct Copies(Vec<bool>);

impl Copies {
    fn of(api: &Api) -> Self {
        let copies = (0..api.types.len()).map(|index| is_copy(api, TypeId::new(index)));
        Self(copies.collect())
    }

    /// Returns whether a type is `Copy`.
    fn has(&self, type_: &Type) -> bool {
        match type_ {
            Type::Boolean | Type::Integer(_) | Type::Number => true,
            Type::Nullable(inner) => self.has(inner),
            Type::Named(id) => self.0[id.index()],
            _ => false,
        }
    }

    /// Returns whether the argument for a property is `Copy`; callers pass what is boxed without the box.
    fn has_property(&self, property: &Property) -> bool {
        match &property.type_ {
            Type::Boxed(inner) => self.has(inner),
            other => self.has(other),
        }
    }

    /// Returns whether all arguments that callers pass by name are `Copy`.
    fn has_arguments(&self, operation: &Operation) -> bool {
        let mut parameters = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.is_given() && parameter.location != Location::Path);
        let body = operation.body.as_ref().filter(|body| body.required);
        parameters.all(|parameter| self.has(&parameter.type_))
            && body.is_none_or(|body| match &body.content {
                Content::Json(type_, _) => self.has(type_),
                Content::Form(form) => self.has(&form.type_),
                Content::Parts(_) | Content::Text | Content::Bytes => false,
            })
    }
}

/// Returns whether a named type is `Copy`: it derives it, or is another name for a type that is.
fn is_copy(api: &Api, id: TypeId) -> bool {
    let mut named = api.named(id);
    loop {
        let Shape::Alias(held) = &named.shape else {
            return named.derives.has(Derive::Copy);
        };
        let mut held = held;
        while let Type::Nullable(inner) = held {
            held = inner;
        }
        match held {
            Type::Named(id) => named = api.named(*id),
            Type::Boolean | Type::Integer(_) | Type::Number => return true,
            _ => return false,
        }
    }
}
