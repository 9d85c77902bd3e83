//! What every module asks of the types as a whole, gathered once.

use indexmap::IndexSet;

use crate::model::{Api, Property, Shape};

/// The model, with the names of its types by what is asked of them.
pub(in crate::emit) struct Names<'api> {
    /// The model.
    pub(in crate::emit) api: &'api Api,
    /// The names of all types.
    types: IndexSet<&'api str>,
    /// The names of types that are deprecated, or have something that is.
    deprecated: IndexSet<&'api str>,
    /// The names of fields that are deprecated.
    deprecated_fields: IndexSet<&'api str>,
}

impl<'api> Names<'api> {
    /// Gathers the names.
    pub(in crate::emit) fn of(api: &'api Api) -> Self {
        let deprecated = api
            .types
            .iter()
            .filter(|named| named.docs.deprecated || has_deprecated(&named.shape));
        let names = api.types.iter().map(|named| named.name.as_str());
        let former = api
            .types
            .iter()
            .flat_map(|named| &named.former)
            .map(|former| former.name.as_str());
        let properties = api.types.iter().filter_map(|named| match &named.shape {
            Shape::Object(object) => Some(&object.properties),
            _ => None,
        });
        let deprecated_fields = properties.flatten().filter(|property| is_deprecated(property));
        Self {
            api,
            types: names.chain(former.clone()).collect(),
            deprecated: deprecated.map(|named| named.name.as_str()).chain(former).collect(),
            deprecated_fields: deprecated_fields.map(|property| property.field.as_str()).collect(),
        }
    }

    /// Returns whether a type has this name.
    pub(in crate::emit) fn has_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }

    /// Returns whether any type is deprecated, or has something that is.
    pub(in crate::emit) fn has_deprecated_types(&self) -> bool {
        !self.deprecated.is_empty()
    }

    /// Returns whether a type of this name is deprecated, or has something that is.
    pub(in crate::emit) fn is_deprecated_type(&self, name: &str) -> bool {
        self.deprecated.contains(name)
    }

    /// Returns whether a field of this name is deprecated.
    pub(in crate::emit) fn is_deprecated_field(&self, name: &str) -> bool {
        self.deprecated_fields.contains(name)
    }
}

fn has_deprecated(shape: &Shape) -> bool {
    match shape {
        Shape::Object(object) => object.properties.iter().any(is_deprecated),
        Shape::Tuple(tuple) => tuple.elements.iter().any(is_deprecated),
        Shape::StringEnum(listed) => listed.values.iter().any(|value| value.docs.deprecated),
        Shape::Union(union) => union.variants.iter().any(|variant| variant.docs.deprecated),
        _ => false,
    }
}

fn is_deprecated(property: &Property) -> bool {
    property.docs.deprecated
}
