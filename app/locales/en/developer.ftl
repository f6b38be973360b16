# The developer area: API, applications, one application.
# The start page for developers.
api-title = API
oauth2-applications = OAuth2 Applications
breadcrumb = Breadcrumb
api-applications = Applications
api-applications-lead = Register an application to let people sign in to it, or to let it act for them.
api-endpoints = Endpoints
api-endpoints-lead = A client library finds all of these through the metadata.
endpoint-copy = Copy address: { $name }
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
application-name = Name
application-client-id = Client ID
application-redirect-urls = Redirect URLs
application-people = People
application-last-used = Last used
application-never-used = Never used
application-copy-id = Copy client ID
application-id-copied = Client ID copied
application-copy-secret = Copy client secret
application-secret-copied = Client secret copied

# The form of an application.
register-name-hint = People see it when they are asked for access.
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

# A dialog over the page of an application.
title-over = { $page }: { $dialog }

# The page of an application.
application-credentials = Credentials
application-secret = Client secret
application-by-key = None: this application proves itself with its keys.
application-no-secret = None: this application uses PKCE.
application-registered-on = Registered
secret-created = Created { $when }
secret-stops = Stops working { $when }
application-rotate = Rotate client secret
application-settings = Settings
application-save = Save changes
application-sign-out = Sign-out
application-sign-out-lead = Addresses for signing out
application-after-sign-out = Addresses after signing out
application-after-sign-out-hint = One to a line, each exactly as your application sends it in post_logout_redirect_uri.
application-back-channel = Back-channel logout address
application-back-channel-hint = We post a logout token to this https address when a session ends that your application knows of. Empty: we do not.
application-sign-out-save = Save sign-out settings
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
new-secret-already = This form has made a new secret already. It cannot be shown again. Rotate the secret once more to get another one.
rotate-legend = The current secret stops working
rotate-day = In 24 hours
rotate-now = Now
rotate-week = In 7 days
rotate-third = Two secrets work now. The older one, { $secret }, stops working at once.

# Recent problems.
problems-title = Recent problems
problems-lead = Requests in the name of this application that failed. Anybody can send such a request: what was received is shown as it came.
problems-times = { $count ->
     [one] Once
    *[other] { $count } times
}
problems-received = Received
problems-registered = Registered
problems-expected = Right would have been
problems-differs = The marked character, number { $place }, is the first that differs.
problems-ends = What was received ends before character { $place } of the registered address.
problems-age = It was { $age } seconds old; it may be { $lifetime }.
problems-add = Add this URL
problems-type = If this address is yours, type it under Redirect URLs.
problems-add-question = People will be sent to { $host }. Is that yours?
problems-added = { $uri } added. It works now.
problems-clear = Clear
problems-cleared = Recent problems cleared
problems-add-lead = The address is added to the redirect URLs and works at once:
fault-missing = { $parameter } was not sent
fault-repeated = { $parameter } was sent more than once
fault-too-long = { $parameter } is too long
fault-too-many = { $parameter } has too many parts
fault-malformed = { $parameter } cannot look like this
fault-unknown-value = { $parameter } has a value that does not exist
fault-unsupported = { $parameter } is not supported
fault-not-alone = { $parameter } says none beside something else
fault-not-registered = { $parameter } is not registered
fault-unusable = { $parameter } is registered and yet breaks the rules
fault-differs = { $parameter } is not that of the authorization request
fault-pkce-missing = { $parameter } is missing: this application must use PKCE
fault-pkce-method = { $parameter } must be S256
fault-verifier-unasked = { $parameter } was sent, but the authorization request had no challenge
fault-verifier-wrong = { $parameter } does not belong to the challenge
fault-scope-unknown = { $parameter } names what does not exist
fault-scope-not-allowed = { $parameter } names what this application may not ask for
fault-scope-wider = { $parameter } names more than was granted
fault-scope-not-grantable = { $parameter } names only what this person may not grant
fault-grant-not-allowed = { $parameter } names a way that this application is not registered for
fault-grant-off = { $parameter } names a way that is turned off here
fault-first-party = { $parameter } names a way for the operator’s own applications
fault-needs-secret = { $parameter } names a way that needs a client secret
fault-unknown = { $parameter } does not exist, or what it hung on has ended
fault-expired = { $parameter } has expired
fault-spent = { $parameter } was used before
fault-revoked = { $parameter } was revoked
fault-other-client = { $parameter } was issued to another application
fault-disabled = { $parameter } is that of an application that the operator has disabled
fault-secret-missing = { $parameter } is missing: this application has a client secret and did not send it
fault-secret-wrong = { $parameter } holds a wrong client secret
fault-secret-unexpected = { $parameter } holds a client secret, and this application has none
fault-two-methods = { $parameter }: the application proved itself in two ways at once
fault-two-clients = { $parameter }: header and body name two applications
fault-method-wrong = { $parameter }: this application is registered with another way to prove itself
fault-not-verified = { $parameter } is not valid, or is not signed with a key of this application

# Examples.
connect-title = Connect your code
connect-examples = Ready-made examples
connect-lead = Filled in with this application. Each one prints an address to open in a browser, and asks for the address that you come back with.
connect-secret = The client secret comes from the environment variable { $variable }, so that it never stands in your code.
connect-copy = Copy example for { $name }
connect-copied = Example copied
