//! Lists that are asked for page by page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Item, parse_quote};

use crate::emit::docs::text;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::declaration;
use crate::model::{AccessStep, Operation, Paging, PagingStyle, Parameter, Presence};

/// Returns the field of a request that keeps the query of the next page, where a link has it.
pub(in crate::emit) fn query_field(operation: &Operation) -> Option<syn::Ident> {
    match &operation.paging.as_ref()?.style {
        PagingStyle::Link { field, .. } => Some(ident(field)),
        _ => None,
    }
}

/// Returns what a request that pages has beside other requests.
pub(in crate::emit) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    [methods(operation), paged(scope, operation)]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns the methods of a request that pages.
fn methods(operation: &Operation) -> Option<Item> {
    let paging = operation.paging.as_ref()?;
    let (type_, docs) = (
        ident(&operation.request_type),
        text::attributes(&[extent(operation, paging)]),
    );
    Some(declaration::item(
        "pages",
        quote! {
            #docs
            impl #type_;
        },
    ))
}

/// Returns where a list starts, and how long its pages are.
fn extent(operation: &Operation, paging: &Paging) -> String {
    let parameter = match &paging.style {
        PagingStyle::Offset { parameter, .. }
        | PagingStyle::Page { parameter, .. }
        | PagingStyle::Cursor { parameter, .. }
        | PagingStyle::LastItem { parameter, .. } => Some(&operation.parameters[*parameter]),
        PagingStyle::Link { .. } => None,
    };
    let start = match parameter {
        None => "Starts with the page of this request.".to_owned(),
        Some(parameter) if parameter.required => {
            format!("Starts at {}.", text::literal(&parameter.wire))
        }
        Some(Parameter { field, .. }) => format!("Starts at [`{field}`](Self::{field})."),
    };
    let size = paging.size.as_ref();
    let size = size.map(|size| format!("\nA page has at most [`{size}`](Self::{size}) items."));
    start + &size.unwrap_or_default()
}

/// Returns how the request gives items, and becomes that of the next page.
fn paged(scope: &Scope<'_>, operation: &Operation) -> Option<Item> {
    let paging = operation.paging.as_ref()?;
    let (type_, item) = (ident(&operation.request_type), scope.type_(&paging.item));
    let items = item_list(quote!(page), &paging.items, AccessForm::Owned);
    let advance = advance(operation, paging);
    Some(parse_quote! {
        impl codegen::Paged for #type_ {
            type Item = #item;

            fn take_items(page: Self::Success) -> Vec<Self::Item> {
                #items
            }

            fn advance(
                &mut self,
                page: &runtime::ResponseValue<Self::Success>,
                tracker: &mut codegen::PageTracker,
            ) -> Result<bool, runtime::PagingError> {
                #advance
            }
        }
    })
}

/// Returns how the request becomes that of the page behind `page`.
fn advance(operation: &Operation, paging: &Paging) -> TokenStream {
    // A page may have a property of any name, so it is not spoken to through what it came in.
    let list = quote!(let list: &Self::Success = page;);
    let items = item_list(quote!(list), &paging.items, AccessForm::Slice);
    let (prepare, next, change) = match &paging.style {
        PagingStyle::Link { field, next } => {
            let (prepare, next) = match next {
                None => (TokenStream::new(), quote!(tracker.by_link(&*self, page.headers()))),
                Some(next) => {
                    let next = value(Some(next));
                    (quote!(#list let next = #next;), quote!(tracker.by_url(&*self, next)))
                }
            };
            let field = ident(field);
            (prepare, next, quote!(self.#field = Some(next);))
        }
        PagingStyle::Offset { parameter, total } => {
            let total = value(total.as_deref());
            let (sent, change) = position(&operation.parameters[*parameter]);
            let next = quote!(tracker.by_offset(#sent, items, total, page.body()));
            let prepare = quote!(#list let items = #items; let total = #total;);
            (prepare, next, change)
        }
        PagingStyle::Page {
            parameter,
            first,
            total,
        } => {
            let (total, first) = (value(total.as_deref()), Literal::u64_unsuffixed(*first));
            let (sent, change) = position(&operation.parameters[*parameter]);
            let next = quote!(tracker.by_page(#sent, #first, items, total, page.body()));
            let prepare = quote!(#list let items = #items; let total = #total;);
            (prepare, next, change)
        }
        PagingStyle::Cursor { parameter, next, more } => {
            let (next, more) = (value(Some(next)), value(more.as_deref()));
            let (sent, change) = position(&operation.parameters[*parameter]);
            let prepare = quote!(#list let next = #next; let more = #more;);
            (prepare, quote!(tracker.by_cursor(#sent, next, more)), change)
        }
        PagingStyle::LastItem { parameter, id, more } => {
            let (sent, change) = position(&operation.parameters[*parameter]);
            let next = last_id(id);
            // Without a flag, a page with items may be followed by others.
            let (has_items, more) = if more.is_some() {
                (TokenStream::new(), value(more.as_deref()))
            } else {
                let has_items = quote!(let has_items = !items.is_empty(););
                (has_items, quote!(codegen::required(&has_items)))
            };
            let prepare = quote!(#list let items = #items; #has_items let next = #next; let more = #more;);
            (prepare, quote!(tracker.by_cursor(#sent, next, more)), change)
        }
    };
    quote! {
        #prepare
        let Some(next) = #next? else {
            return Ok(false);
        };
        #change
        Ok(true)
    }
}

/// Returns the id of the last of `items` as an argument, if there is one.
fn last_id(id: &[AccessStep]) -> TokenStream {
    let Access { value, is_optional } = reached(quote!(item), id, AccessForm::Reference);
    if id.is_empty() {
        quote!(codegen::optional(items.last()))
    } else if is_optional {
        quote!(codegen::optional(items.last().and_then(|item| #value)))
    } else {
        quote!(codegen::optional(items.last().map(|item| #value)))
    }
}

/// Returns what a parameter was sent with, and what sets it.
fn position(parameter: &Parameter) -> (TokenStream, TokenStream) {
    let field = ident(&parameter.field);
    if parameter.required {
        (quote!(Some(&self.#field)), quote!(self.#field = next;))
    } else {
        (quote!(self.#field.as_ref()), quote!(self.#field = Some(next);))
    }
}

/// An expression for a value on an access path.
struct Access {
    value: TokenStream,
    /// Whether it is an `Option` of what was reached.
    is_optional: bool,
}

impl Access {
    /// Goes on to what `value` makes of what was reached.
    fn map(self, value: impl Fn(TokenStream) -> TokenStream) -> Self {
        let Self {
            value: from,
            is_optional,
        } = self;
        if is_optional {
            let value = value(quote!(value));
            return Self {
                value: quote!(#from.map(|value| #value)),
                is_optional,
            };
        }
        Self {
            value: value(from),
            is_optional,
        }
    }

    /// Goes on to the `Option` that `value` makes of what was reached.
    fn and_then(self, value: impl Fn(TokenStream) -> TokenStream) -> Self {
        let Self {
            value: from,
            is_optional,
        } = self;
        if is_optional {
            let value = value(quote!(value));
            return Self {
                value: quote!(#from.and_then(|value| #value)),
                is_optional,
            };
        }
        Self {
            value: value(from),
            is_optional: true,
        }
    }
}

/// The form of a value that an access path reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AccessForm {
    Owned,
    Reference,
    Slice,
}

impl AccessForm {
    /// Returns what stands for a field. Within an `Option`, and at the end of an access path, it has to have this form.
    fn of_field(self, field: TokenStream, is_needed: bool) -> TokenStream {
        match self {
            Self::Slice => quote!(#field.as_slice()),
            Self::Reference if is_needed => quote!(&#field),
            Self::Reference | Self::Owned => field,
        }
    }

    /// Returns the `Option` in this form.
    fn of_option(self, option: TokenStream) -> TokenStream {
        match self {
            Self::Owned => option,
            Self::Reference => quote!(#option.as_ref()),
            Self::Slice => quote!(#option.as_deref()),
        }
    }

    /// Returns an `Option` in this form, given an `Option` of a place that holds one.
    fn of_nested_option(self, option: &TokenStream) -> TokenStream {
        match self {
            Self::Owned => quote!(#option.flatten()),
            Self::Reference => quote!(#option.and_then(Option::as_ref)),
            Self::Slice => quote!(#option.and_then(Option::as_deref)),
        }
    }

    /// Returns an `Option` in this form of the value of a `Maybe`.
    fn of_maybe(self, maybe: &TokenStream) -> TokenStream {
        match self {
            Self::Owned => quote!(#maybe.into_value()),
            Self::Reference => quote!(#maybe.value()),
            Self::Slice => quote!(#maybe.value().map(Vec::as_slice)),
        }
    }
}

/// Returns the expression of an access path that starts at `value` and reaches a value of the form `end`.
fn reached(value: TokenStream, access_path: &[AccessStep], end: AccessForm) -> Access {
    let mut reached = Access {
        value,
        is_optional: false,
    };
    for (index, step) in access_path.iter().enumerate() {
        let is_last = index + 1 == access_path.len();
        // Only the last value is a list.
        let form = match end {
            AccessForm::Slice if !is_last => AccessForm::Reference,
            end => end,
        };
        let is_needed = reached.is_optional || is_last;
        reached = match step {
            AccessStep::Inner => reached.map(|from| form.of_field(quote!(#from.0), is_needed)),
            AccessStep::NotNull if reached.is_optional => Access {
                value: form.of_nested_option(&reached.value),
                is_optional: true,
            },
            AccessStep::NotNull => reached.and_then(|from| form.of_option(from)),
            AccessStep::Property { field, presence } => {
                let field = ident(field);
                match presence {
                    Presence::Required => reached.map(|from| form.of_field(quote!(#from.#field), is_needed)),
                    Presence::Optional => reached.and_then(|from| form.of_option(quote!(#from.#field))),
                    Presence::Maybe => reached.and_then(|from| form.of_maybe(&quote!(#from.#field))),
                }
            }
        };
    }
    reached
}

/// Returns the items of `page` as a list of the form `end`.
fn item_list(page: TokenStream, access_path: &[AccessStep], end: AccessForm) -> TokenStream {
    let Access { value, is_optional } = reached(page, access_path, end);
    if is_optional {
        quote!(#value.unwrap_or_default())
    } else {
        value
    }
}

/// Returns the value of an access path through `list` as an argument, if there is one.
fn value(access_path: Option<&[AccessStep]>) -> TokenStream {
    let Some(access_path) = access_path else {
        return quote!(None);
    };
    let Access { value, is_optional } = reached(quote!(list), access_path, AccessForm::Reference);
    if is_optional {
        quote!(codegen::optional(#value))
    } else {
        quote!(codegen::required(#value))
    }
}
