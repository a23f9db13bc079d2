variable "project" {
  description = "The Google Cloud project that everything is created in."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  description = "The region of the database and of the cluster."
  type        = string
  default     = "europe-west1"
  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "A region is named such as europe-west1."
  }
}

variable "name" {
  description = "What the names of all resources begin with: installations in one project need different ones."
  type        = string
  default     = "tidemark"
  validation {
    # Service accounts add a process's name, and may have 30 characters.
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "name has 3 to 20 lower-case letters, digits and hyphens."
  }
}

variable "network" {
  description = "The VPC network, by name, in which the database gets a private address. It must exist."
  type        = string
  default     = "default"
}

variable "create_private_services_access" {
  description = "Whether to reserve a range in the network for Google's services. A network needs it once: false if another project set it up."
  type        = bool
  default     = true
}

variable "create_cluster" {
  description = "Whether to create a GKE Autopilot cluster. false: use one of yours in this project, with Workload Identity."
  type        = bool
  default     = true
}

variable "kubernetes_namespace" {
  description = "The namespace that the Helm chart is installed into."
  type        = string
  default     = "tidemark"
  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.kubernetes_namespace))
    error_message = "A namespace has up to 63 lower-case letters, digits and hyphens."
  }
}

variable "helm_release" {
  description = "The name of the Helm release, which the names of its service accounts begin with."
  type        = string
  default     = "tidemark"
  validation {
    condition     = can(regex("tidemark", var.helm_release))
    error_message = "The chart adds -tidemark to a release without that in its name: choose one with it, such as tidemark or tidemark-blue."
  }
}

variable "message_retention" {
  description = "How long Pub/Sub keeps messages that are not acknowledged: longer than your longest outage."
  type        = string
  default     = "604800s"
  validation {
    condition     = can(regex("^[0-9]+s$", var.message_retention)) && try(tonumber(trimsuffix(var.message_retention, "s")), 0) >= 600 && try(tonumber(trimsuffix(var.message_retention, "s")), 0) <= 2678400
    error_message = "message_retention is from 600s to 2678400s (31 days)."
  }
}

variable "max_delivery_attempts" {
  description = "Deliveries before a message goes to the dead-letter topic. Workers that stop return what they hold, which counts."
  type        = number
  default     = 50
  validation {
    condition     = var.max_delivery_attempts >= 20 && var.max_delivery_attempts <= 100
    error_message = "max_delivery_attempts is from 20 to 100: fewer would set aside good messages when workers restart."
  }
}

variable "publishers" {
  description = "Who may publish events: members such as serviceAccount:reporter@my-project.iam.gserviceaccount.com."
  type        = set(string)
  default     = []
}

variable "database_tier" {
  description = "The machine of the database. docs/performance.md says what a load needs."
  type        = string
  default     = "db-custom-2-8192"
}

variable "database_disk_gb" {
  description = "The disk that the database begins with, in GB. It grows by itself."
  type        = number
  default     = 50
  validation {
    condition     = var.database_disk_gb >= 10 && var.database_disk_gb <= 65536
    error_message = "database_disk_gb is from 10 to 65536."
  }
}

variable "database_high_availability" {
  description = "Whether a standby in another zone takes over."
  type        = bool
  default     = true
}

variable "database_max_connections" {
  description = "max_connections. docs/installing.md has the sum that it must exceed."
  type        = number
  default     = 200
  validation {
    condition     = var.database_max_connections >= 100 && var.database_max_connections <= 2000
    error_message = "database_max_connections is from 100 to 2000."
  }
}

variable "backups_kept" {
  description = "How many daily backups are kept."
  type        = number
  default     = 14
  validation {
    condition     = var.backups_kept >= 1 && var.backups_kept <= 365
    error_message = "backups_kept is from 1 to 365."
  }
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the database and the cluster."
  type        = bool
  default     = true
}

variable "monitoring_projects" {
  description = "Other projects whose Pub/Sub, Dataflow and metrics the collect process reads (docs/sources.md)."
  type        = set(string)
  default     = []
}
