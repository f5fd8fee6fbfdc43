"""What the web server does whoever starts it: gunicorn reads this file in the folder that it is started in."""

worker_class = "config.server.Worker"
# Half of them are for clients of the feed that wait.
threads = 16
