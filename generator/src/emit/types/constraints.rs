//! Schemas as statics of the emitted crate.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::scope::paths::{Scope, ident};
use crate::model::{Assertion, Constraints, JsonTypes, Named, Pattern, TypeId};

/// Returns the statics with the schemas of the types.
pub(in crate::emit) fn statics(scope: &Scope<'_>, ids: &[TypeId]) -> Vec<Item> {
    let types = ids.iter().map(|id| scope.api.named(*id));
    types
        .filter(|named| named.has_static)
        .map(|named| static_item(scope, named))
        .collect()
}

fn static_item(scope: &Scope<'_>, named: &Named) -> Item {
    let name = ident(&named.static_name);
    let (type_, schema) = (scope.codegen("Schema"), schema(scope, &named.constraints));
    parse_quote!(pub(crate) static #name: #type_ = #schema;)
}

/// Returns an expression for a reference to a schema.
pub(in crate::emit) fn reference(scope: &Scope<'_>, constraints: &Constraints) -> TokenStream {
    if let [Assertion::Reference(id)] = constraints.0.as_slice() {
        let path = scope.static_of(*id);
        return quote!(&#path);
    }
    let schema = schema(scope, constraints);
    quote!(&#schema)
}

fn schema(scope: &Scope<'_>, constraints: &Constraints) -> TokenStream {
    let keywords = constraints.0.iter().map(|assertion| keyword(scope, assertion));
    let type_ = scope.codegen("Schema");
    quote!(#type_(&[#(#keywords),*]))
}

fn keyword(scope: &Scope<'_>, assertion: &Assertion) -> TokenStream {
    let (enum_, variant) = (scope.codegen("Keyword"), ident(variant(assertion)));
    let one = |constraints: &Constraints| reference(scope, constraints);
    let many = |subschemas: &[Constraints]| {
        let subschemas = subschemas.iter().map(one);
        quote!(&[#(#subschemas),*])
    };
    let by_name = |subschemas: &[(String, Constraints)]| {
        let entries = subschemas.iter().map(|(name, constraints)| {
            let schema = one(constraints);
            quote!((#name, #schema))
        });
        quote!(&[#(#entries),*])
    };
    let value = match assertion {
        Assertion::Never | Assertion::UniqueItems => return quote!(#enum_::#variant),
        Assertion::Reference(id) => {
            let path = scope.static_of(*id);
            quote!(&#path)
        }
        Assertion::Type(types) => json_types(scope, *types),
        Assertion::Enum(texts) | Assertion::Required(texts) | Assertion::RequiredInResponses(texts) => {
            quote!(&[#(#texts),*])
        }
        Assertion::Const(text)
        | Assertion::Minimum(text)
        | Assertion::Maximum(text)
        | Assertion::ExclusiveMinimum(text)
        | Assertion::ExclusiveMaximum(text)
        | Assertion::MultipleOf(text) => quote!(#text),
        Assertion::Pattern(one) => pattern(scope, one),
        Assertion::Format(format) => {
            let (enum_, format) = (scope.codegen("Format"), ident(format));
            quote!(#enum_::#format)
        }
        Assertion::MinLength(count)
        | Assertion::MaxLength(count)
        | Assertion::MinProperties(count)
        | Assertion::MaxProperties(count)
        | Assertion::MinItems(count)
        | Assertion::MaxItems(count) => number(*count),
        Assertion::Properties(subschemas) | Assertion::DependentSchemas(subschemas) => by_name(subschemas),
        Assertion::PatternProperties(subschemas) => {
            let entries = subschemas.iter().map(|(source, constraints)| {
                let (source, schema) = (pattern(scope, source), one(constraints));
                quote!((#source, #schema))
            });
            quote!(&[#(#entries),*])
        }
        Assertion::AdditionalProperties(constraints)
        | Assertion::PropertyNames(constraints)
        | Assertion::UnevaluatedProperties(constraints)
        | Assertion::Items(constraints)
        | Assertion::UnevaluatedItems(constraints)
        | Assertion::Not(constraints) => one(constraints),
        Assertion::DependentRequired(lists) => {
            let entries = lists.iter().map(|(name, list)| quote!((#name, &[#(#list),*])));
            quote!(&[#(#entries),*])
        }
        Assertion::PrefixItems(subschemas)
        | Assertion::AllOf(subschemas)
        | Assertion::AnyOf(subschemas)
        | Assertion::OneOf(subschemas) => many(subschemas),
        Assertion::Discriminator(property, mapping, union) => {
            let mapping = mapping.iter().map(|(value, index)| {
                let index = Literal::usize_unsuffixed(*index);
                quote!((#value, #index))
            });
            let union = keyword(scope, union);
            return quote!(#enum_::Discriminator { property: #property, mapping: &[#(#mapping),*], union: &#union });
        }
        Assertion::Once(inner) => {
            let inner = keyword(scope, inner);
            quote!(&#inner)
        }
        Assertion::Contains(constraints, min, max) => {
            let (schema, min) = (one(constraints), number(*min));
            let max = optional(max.map(number));
            return quote!(#enum_::Contains { schema: #schema, min: #min, max: #max });
        }
        Assertion::If(constraints, then, otherwise) => {
            let condition = one(constraints);
            let (then, otherwise) = (optional(then.as_ref().map(one)), optional(otherwise.as_ref().map(one)));
            return quote!(#enum_::If { condition: #condition, then: #then, otherwise: #otherwise });
        }
    };
    quote!(#enum_::#variant(#value))
}

fn number(count: u64) -> TokenStream {
    let literal = Literal::u64_unsuffixed(count);
    quote!(#literal)
}

fn optional(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn json_types(scope: &Scope<'_>, types: JsonTypes) -> TokenStream {
    let set = scope.codegen("Types");
    let mut names = types.iter().map(|(name, _)| ident(&name.to_uppercase()));
    let Some(first) = names.next() else {
        return quote!(#set::NONE);
    };
    names.fold(quote!(#set::#first), |known, name| quote!(#known.or(#set::#name)))
}

fn pattern(scope: &Scope<'_>, pattern: &Pattern) -> TokenStream {
    let source = &pattern.source;
    let Some((runs, to_end)) = &pattern.runs else {
        return quote!(codegen::engine!(#source));
    };
    let (type_, run_type) = (scope.codegen("Pattern"), scope.codegen("Run"));
    let runs = runs.iter().map(|run| {
        let pairs: Vec<u8> = run.class.iter().flat_map(|(low, high)| [*low, *high]).collect();
        let (class, min) = (Literal::byte_string(&pairs), Literal::u32_unsuffixed(run.min));
        let max = Literal::u32_unsuffixed(run.max);
        let max = if run.max == u32::MAX {
            quote!(u32::MAX)
        } else {
            quote!(#max)
        };
        quote!(#run_type::new(#class, #min, #max))
    });
    quote!(#type_::of_runs(#source, &[#(#runs),*], #to_end))
}

/// Returns the name of the runtime's variant.
fn variant(assertion: &Assertion) -> &'static str {
    match assertion {
        Assertion::Never => "Never",
        Assertion::Reference(_) => "Reference",
        Assertion::Type(_) => "Type",
        Assertion::Enum(_) => "Enum",
        Assertion::Const(_) => "Const",
        Assertion::Pattern(_) => "Pattern",
        Assertion::MinLength(_) => "MinLength",
        Assertion::MaxLength(_) => "MaxLength",
        Assertion::Format(_) => "Format",
        Assertion::Minimum(_) => "Minimum",
        Assertion::Maximum(_) => "Maximum",
        Assertion::ExclusiveMinimum(_) => "ExclusiveMinimum",
        Assertion::ExclusiveMaximum(_) => "ExclusiveMaximum",
        Assertion::MultipleOf(_) => "MultipleOf",
        Assertion::Properties(_) => "Properties",
        Assertion::PatternProperties(_) => "PatternProperties",
        Assertion::AdditionalProperties(_) => "AdditionalProperties",
        Assertion::Required(_) => "Required",
        Assertion::RequiredInResponses(_) => "RequiredInResponses",
        Assertion::PropertyNames(_) => "PropertyNames",
        Assertion::MinProperties(_) => "MinProperties",
        Assertion::MaxProperties(_) => "MaxProperties",
        Assertion::DependentRequired(_) => "DependentRequired",
        Assertion::DependentSchemas(_) => "DependentSchemas",
        Assertion::UnevaluatedProperties(_) => "UnevaluatedProperties",
        Assertion::PrefixItems(_) => "PrefixItems",
        Assertion::Items(_) => "Items",
        Assertion::Contains(..) => "Contains",
        Assertion::MinItems(_) => "MinItems",
        Assertion::MaxItems(_) => "MaxItems",
        Assertion::UniqueItems => "UniqueItems",
        Assertion::UnevaluatedItems(_) => "UnevaluatedItems",
        Assertion::AllOf(_) => "AllOf",
        Assertion::AnyOf(_) => "AnyOf",
        Assertion::OneOf(_) => "OneOf",
        Assertion::Discriminator(..) => "Discriminator",
        Assertion::Once(_) => "Once",
        Assertion::Not(_) => "Not",
        Assertion::If(..) => "If",
    }
}
