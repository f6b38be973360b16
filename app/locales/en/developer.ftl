# The developer area: API, applications, one application.
# The start page for developers.
api-title = API
oauth2-applications = OAuth2 Applications
breadcrumb = Breadcrumb
api-applications = Applications
api-applications-lead = Register an application to let people sign in to it, or to let it act for them.
api-endpoints = Endpoints
api-endpoints-lead = A client library finds all of these through the metadata.
endpoint-issuer = Issuer
endpoint-metadata = Metadata
endpoint-authorize = Authorize
endpoint-token = Token
endpoint-tokeninfo = Token information
endpoint-introspect = Introspection
endpoint-revoke = Revocation
api-check = Check a token
api-check-holder = Whoever holds a token may ask what it is good for:
api-check-service = A service asks with its own client ID and client secret, or with a token that has the scope introspect. A token that is no good answers "active": false:
api-scripts = For a script of your own
api-scripts-lead = A permanent token is the simplest way: no registration, and it acts as you.
api-scripts-create = Create a permanent token

# The list of applications.
applications-partial = Your account has partial access. Only accounts with full access can register applications, because an application can ask anyone for access. Ask an administrator for full access.
applications-register = Register application
applications-empty = No applications yet
applications-empty-lead = Register one to let people sign in to it with { $operator }.
applications-not-loaded = We could not load your applications. Nothing has changed.
applications-try-again = Try again
application-name = Name
application-client-id = Client ID
application-redirect-urls = Redirect URLs
application-people = People
application-last-used = Last used
application-never-used = Never used
application-copy-id = Copy client ID
application-id-copied = Client ID copied
application-copy-secret = Copy client secret

# The form of an application.
register-name-hint = People see it when they are asked for access.
register-preview = They will read: “{ $heading }”
register-preview-heading = { $name } wants to access { $operator } as you
application-description = Description
register-description-hint = One or two sentences. People read it when they are asked for access.
register-urls-hint = Where people come back to. They must match character by character; https, or http only on this device. Changes take effect at once.
register-url = Redirect URL { $number }
register-url-remove = Remove redirect URL { $number }
register-remove = Remove
register-localhost = Prefer http://127.0.0.1: what “localhost” means is up to each device.
register-kind = Type
register-kind-web = Web server
register-kind-web-hint = It can keep a secret: it gets a client secret.
register-kind-native = Single-page or native
register-kind-native-hint = Its code is in the hands of its users: no secret, PKCE instead.
register-optional = People may leave these out
register-optional-hint = When they are asked for them, people can untick these and still go on. The answer says which scopes were given.
register-pkce = Allow requests without PKCE
register-pkce-hint = Only for a web server whose library does not know PKCE. Everything else must use it.
register-button = Register
register-back = Back to OAuth2 Applications

# The page of an application.
application-credentials = Credentials
application-secret = Client secret
application-no-secret = None: this application uses PKCE.
application-registered-on = Registered
secret-created = Created { $when }
secret-stops = Stops working { $when }
application-rotate = Rotate client secret
application-settings = Settings
application-save = Save changes
application-saved = Changes saved. They are in effect now.
application-used-by = { $count ->
     [0] Nobody uses it.
     [one] One person uses it.
    *[other] { $count } people use it.
}
application-tokens-end = { $count ->
     [0] It has no live tokens.
     [one] One token stops working.
    *[other] { $count } tokens stop working.
}
application-delete = Delete application
application-delete-question = Delete “{ $name }”?
application-delete-lead = Its secrets end at once, and this cannot be undone.
application-people-lose = { $count ->
     [one] One person loses access.
    *[other] { $count } people lose access.
}
application-confirm-name = Application name
application-confirm-hint = Type the name of the application to confirm.
application-deleted = Application “{ $name }” deleted

# Two who change an application at once.
changed-title = Someone changed this. Here is what differs.
changed-lead = What you typed still stands below. “Save changes” puts it in the place of what is saved now.
changed-field = Field
changed-now = Saved now
changed-typed = What you typed
changed-pkce = PKCE
changed-pkce-needed = Needed
changed-pkce-optional = Not needed
changed-nothing = Nothing

# Dialogs.
registered-title = Application registered
registered-once = Copy the client secret now. It will not be shown again.
registered-already = This application was already registered. Its secret cannot be shown again. Rotate it to get a new one.
registered-done = Done
new-secret-title = New client secret
rotate-legend = The current secret stops working
rotate-day = In 24 hours
rotate-now = Now
rotate-week = In 7 days
rotate-third = Two secrets work now. The older one, { $secret }, stops working at once.

# Examples.
connect-title = Connect your code
connect-examples = Ready-made examples
connect-lead = Filled in with this application. Each one prints an address to open in a browser, and asks for the address that you come back with.
connect-secret = The client secret comes from the environment variable { $variable }, so that it never stands in your code.
connect-copy = Copy example for { $name }
connect-copied = Example copied
