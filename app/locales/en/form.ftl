# What the rules say of a field.

form-open-too-long = This page was open too long. Nothing was done: look it over and press the button again
throttled-field = Too many attempts. Wait a few minutes and try again
already = This form was sent before

name-missing = Enter a name
name-long = Use 100 characters or fewer
text-invisible = Remove the invisible characters
text-long = Use 500 characters or fewer
text-long-200 = Use 200 characters or fewer
text-empty = Enter something or leave it out

username-missing = Enter a user name
username-long = Use 64 characters or fewer
username-characters = Use only the letters a to z, digits and . _ - @ +
user-exists = There is a user { $name } already
password-short = Use at least 8 characters
password-long = Use 1024 characters or fewer
password-common = This password is too common. Choose another
password-username = Choose a password that is not your user name
password-current = Enter your current password

scope-missing = Add at least one scope
scope-many = Use 100 scopes or fewer
scope-unknown = { $scope } is not a scope that exists here
scope-not-allowed = You may not use the scope { $scope }
scope-not-added = You chose { $scope } but did not add it. Add it, or choose nothing.

uri-missing = Enter a redirect URL
uri-many = Use 20 redirect URLs or fewer
uri-long = Use 2000 characters or fewer
uri-ascii = Use only ASCII characters: write an international name in its xn-- form
uri-characters = Remove the spaces, backslashes and control characters
uri-fragment = Remove the part after #
uri-wildcard = Wildcards are not allowed: register each address in full
uri-response-names = Remove code, state, error and iss from the part after ?: the answer adds them itself
uri-whole = Enter the whole address, such as https://printer.example/callback
uri-kind = This kind of address is not allowed
uri-scheme = Use https, or a scheme of your own with a dot in it, such as com.example.app:/callback
uri-host = Enter the host, such as https://printer.example/callback
uri-userinfo = Remove the user name and password before the host
uri-host-form = Enter a host name or an IP address, and a port only as a number
uri-https = Use https, or http only for a loopback address such as http://127.0.0.1

application-changed = Someone else changed this application meanwhile
application-name-needed = Enter the name of the application
