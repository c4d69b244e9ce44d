// Everything that the app needs on Azure, in a resource group of its own: keyless, scaling to zero and out.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('The environment\'s name, such as dev or prod. It names the resource group, and the resources by a hash.')
param environmentName string

@minLength(1)
@description('The Azure region. It has to have Flex Consumption.')
param location string

@allowed(['storage', 'scheduler'])
@description('Where orchestrations are kept: in the storage account, or in the Durable Task Scheduler, which is faster and has a dashboard.')
param backend string = 'storage'

@allowed(['Consumption', 'Dedicated'])
@description('The Durable Task Scheduler\'s plan, if that is the backend.')
param schedulerSku string = 'Consumption'

@description('Whether the storage account is reached only through a private network.')
param privateNetwork bool = false

@allowed([512, 2048, 4096])
@description('An instance\'s memory in MB.')
param instanceMemoryMB int = 2048

@minValue(1)
@maxValue(1000)
@description('How many instances there are at most.')
param maximumInstanceCount int = 40

@allowed(['Recreate', 'RollingUpdate'])
@description('How a new version of the app takes the place of the old one: all at once, or instance by instance.')
param siteUpdateStrategy string = 'RollingUpdate'

@minValue(30)
@maxValue(730)
@description('How many days logs are kept.')
param logRetentionDays int = 30

@description('Who gets a mail when a trip needs attention or activities fail too often; empty for none.')
param alertEmail string = ''

@description('The principal that may look into the Durable Task Scheduler\'s dashboard; empty for none.')
param operatorPrincipalId string = ''

var token = uniqueString(subscription().id, environmentName, location)
var identityName = 'id-${token}'
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: identityName, location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    retentionDays: logRetentionDays
    principalId: identity.outputs.principalId
    identityName: identityName
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: { token: token, location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    identityName: identityName
    isPrivate: privateNetwork
    privateEndpointSubnetId: network.?outputs.privateEndpointSubnetId ?? ''
    virtualNetworkId: network.?outputs.virtualNetworkId ?? ''
  }
}

module scheduler 'modules/scheduler.bicep' = if (backend == 'scheduler') {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    sku: schedulerSku
    principalId: identity.outputs.principalId
    identityName: identityName
    operatorPrincipalId: operatorPrincipalId
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    schedulerEndpoint: scheduler.?outputs.endpoint ?? ''
    taskHubName: scheduler.?outputs.taskHubName ?? 'TripHub'
    subnetId: network.?outputs.appSubnetId ?? ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    siteUpdateStrategy: siteUpdateStrategy
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
  }
}

@description('The resource group\'s name.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app\'s name.')
output AZURE_FUNCTION_APP_NAME string = app.outputs.name

@description('Where the API is: POST to /api/trips under it.')
output TRIPS_URL string = app.outputs.url
