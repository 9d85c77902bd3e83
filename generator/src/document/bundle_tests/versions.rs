//! References of documents of different versions.

use super::outcome;

#[test]
fn what_stands_beside_the_components_is_gone_through() {
    let found = outcome(
        "{openapi: 3.1.0, info: {title: T}, components: {schemas: {A: {$ref: '#/definitions/B'}}}, \
         definitions: {B: {properties: {c: {$ref: c.yaml}}}}}",
        [("c.yaml", "type: string")],
    );
    assert_eq!(found.read, ["c.yaml"]);
}

#[test]
fn documents_of_swagger_refer_to_others() {
    let found = outcome(
        "{swagger: '2.0', info: {title: T}, paths: {/a: {get: {parameters: [{$ref: 'b.yaml#/all'}], \
         responses: {'200': {$ref: '#/responses/R'}}}}}, responses: {R: {description: R, schema: {$ref: c.yaml}}, \
         Unused: {$ref: unused.yaml}}, definitions: {D: {$ref: d.yaml}}}",
        [
            (
                "b.yaml",
                "all: {name: b, in: body, schema: {$ref: '#/D/properties/e'}}\nD: {properties: {e: {x-nullable: true}}}",
            ),
            (
                "c.yaml",
                "{type: object, properties: {all: {$ref: '#/properties/one'}, one: {type: string, x-nullable: true}}}",
            ),
            ("d.yaml", "type: string"),
        ],
    );
    assert_eq!(found.said, [""; 0]);
    assert_eq!(found.read, ["b.yaml", "d.yaml", "c.yaml"]);
    let one = r#"{"type":["string","null"]}"#;
    assert!(found.root.to_string().contains(one), "{}", found.root);
}
