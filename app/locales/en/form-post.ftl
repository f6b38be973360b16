# On the way back to an application whose answer is a form.

form-post-title = Back to { $client }
form-post-continue = Continue to { $client }
