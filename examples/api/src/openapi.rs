//! The description of the API for Swagger UI and for anything else that reads OpenAPI 3.

use serde_json::{Value, json};

/// The document, with the endpoints of `issuer` in its security scheme.
pub fn document(issuer: &str) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Example API",
            "version": "1.0.0",
            "description": "One resource: everyone may read it, writing needs an access token with the scope `write`.",
        },
        "paths": { "/resource_1": { "get": read(), "post": write() } },
        "components": {
            "schemas": { "Resource": resource(), "Error": error() },
            "securitySchemes": { "oauth2": security(issuer) },
        },
    })
}

fn security(issuer: &str) -> Value {
    json!({
        "type": "oauth2",
        "description": "Sign in at the authorization server and allow Swagger UI to act for you.",
        "flows": { "authorizationCode": {
            "authorizationUrl": format!("{issuer}/oauth2/authorize"),
            "tokenUrl": format!("{issuer}/oauth2/token"),
            "scopes": { "read": "Read resources", "write": "Write resources" },
        }},
    })
}

fn read() -> Value {
    json!({
        "tags": ["Resources"],
        "summary": "Read the resource",
        "operationId": "read",
        "responses": { "200": answer("The resource", "Resource") },
    })
}

fn write() -> Value {
    json!({
        "tags": ["Resources"],
        "summary": "Write the resource",
        "operationId": "write",
        "security": [{ "oauth2": ["write"] }],
        "responses": {
            "200": answer("The resource as it was written, and who wrote it", "Resource"),
            "401": answer("No access token, or one that is not good", "Error"),
            "403": answer("The access token lacks the scope", "Error"),
            "503": answer("The authorization server cannot be asked", "Error"),
        },
    })
}

fn answer(description: &str, schema: &str) -> Value {
    json!({
        "description": description,
        "content": { "application/json": {
            "schema": { "$ref": format!("#/components/schemas/{schema}") },
        }},
    })
}

fn resource() -> Value {
    json!({
        "type": "object",
        "required": ["resource", "text"],
        "properties": {
            "resource": { "type": "integer", "example": 1 },
            "text": { "type": "string" },
            "username": { "type": "string" },
            "scope": { "type": "array", "items": { "type": "string" } },
        },
    })
}

fn error() -> Value {
    json!({
        "type": "object",
        "required": ["error", "error_description"],
        "properties": {
            "error": { "type": "string", "example": "invalid_token" },
            "error_description": { "type": "string" },
        },
    })
}
