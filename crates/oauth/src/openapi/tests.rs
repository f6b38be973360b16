use super::{document, text};
use serde_json::Value;
use std::collections::BTreeSet;

const WRITTEN: &str = include_str!("../../../../docs/openapi.json");

fn properties(schema: &str) -> BTreeSet<String> {
    let document = document();
    let schema = &document["components"]["schemas"][schema];
    schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

#[test]
fn the_file_is_what_the_types_say() {
    let written: Option<Value> = serde_json::from_str(WRITTEN).ok();
    assert!(written == Some(document()), "docs/openapi.json is stale: write it anew with `cargo xtask openapi`");
}

#[test]
fn every_parameter_that_is_read_is_described() {
    let forms = [
        ("TokenForm", crate::token::KNOWN),
        ("AuthorizationForm", crate::authorization::KNOWN),
        ("EndSessionForm", crate::oidc::end_session::KNOWN),
    ];
    for (schema, known) in forms {
        let described = properties(schema);
        let missing: Vec<&str> = known.split_ascii_whitespace().filter(|name| !described.contains(*name)).collect();
        assert!(missing.is_empty(), "{schema}: {missing:?}");
    }
}

#[test]
fn every_reference_leads_to_a_schema_and_nothing_is_null() {
    let text = text();
    assert!(!text.contains("\"null\""));
    let document = document();
    let schemas = document["components"]["schemas"].as_object().cloned().unwrap_or_default();
    let mut found = Vec::new();
    references(&document, &mut found);
    let missing: Vec<_> = found.iter().filter(|name| !schemas.contains_key(name.as_str())).collect();
    assert!(missing.is_empty() && found.len() > 20, "{missing:?} of {}", found.len());
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| match value.as_str() {
            Some(text) if name == "$ref" => found.push(text.trim_start_matches("#/components/schemas/").to_owned()),
            _ => references(value, found),
        }),
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
