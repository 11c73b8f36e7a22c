"""Pull requests at GitHub and GitLab, through their REST APIs."""
