SITEURL = "https://harbor.example"
